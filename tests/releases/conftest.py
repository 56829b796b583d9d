from tests.both_kinds import both_kinds

__all__ = ["both_kinds"]
