"""Path parts, so that an address of the wrong shape is a plain 404 before any query."""


class ReferenceConverter:
    """A commitment's reference: SH-4-07, SH-4-07a, SH-0-03, NF-O1, AR-3, SH-4-M2."""

    regex = r"[A-Z]{2,4}(?:-[0-9]{1,2})?-[A-Z]?[0-9]{1,3}[a-z]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SubjectConverter(ReferenceConverter):
    """What a position is on: a programme (SH), a pillar (SH-4) or a commitment (SH-4-07)."""

    regex = rf"[A-Z]{{2,4}}(?:-[0-9]{{1,2}})?|{ReferenceConverter.regex}"


class DataFormConverter:
    """The ending of a twin: csv or json."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
