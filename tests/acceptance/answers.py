"""How the strategy answers each recommendation and part of one, by answer and basis, as read in the documents."""

ANSWERS = {
    ("adapted", "inferred"): """
        IR-0-01 IR-0-04 IR-1-02b IR-1-02c IR-1-02e IR-1-03b IR-1-05 IR-1-06 IR-2-01a IR-2-07b IR-2-10 IR-2-10b
        IR-2-12 IR-2-12a IR-2-14b IR-3-02 IR-3-05 IR-3-10 IR-4-01 IR-4-02c IR-4-07 IR-4-07a IR-5-01 IR-5-01b
        IR-5-01c IR-5-01d IR-5-02b IR-5-02c IR-5-02d IR-6-01c IR-6-03 IR-6-04 IR-6-06c IR-6-06e IR-6-12a
        IR-7-08
    """,
    ("not_mentioned", "inferred"): """
        IR-0-02 IR-0-02a IR-0-03 IR-0-05 IR-1-02d IR-1-02f IR-1-03 IR-1-03a IR-1-04 IR-1-04a IR-1-04b IR-1-04c
        IR-1-06a IR-2-01c IR-2-01d IR-2-05 IR-2-08 IR-2-10a IR-2-12b IR-2-16 IR-3-04a IR-3-10a IR-3-11
        IR-3-11a IR-3-11b IR-3-11c IR-3-11d IR-3-12 IR-4-02d IR-4-02f IR-4-02g IR-4-02h IR-4-02i IR-4-02j
        IR-4-05 IR-4-05a IR-4-06a IR-4-06b IR-4-07b IR-4-12 IR-4-12a IR-4-12b IR-4-12c IR-4-13 IR-4-14
        IR-6-06b IR-6-06f IR-6-07a IR-6-12
    """,
    ("adapted", "stated"): """
        IR-0-06 IR-2-17 IR-4-08 IR-4-09
    """,
    ("to_be_tested", "stated"): """
        IR-1-01 IR-1-02 IR-2-01 IR-2-01b IR-2-06 IR-3-01 IR-3-03 IR-4-02 IR-4-02a IR-7-07
    """,
    ("to_be_tested", "inferred"): """
        IR-1-01a IR-1-01b IR-1-02a IR-2-01e IR-2-01f IR-2-07 IR-2-07a IR-2-11a IR-2-11c IR-2-13 IR-2-14
        IR-2-14a IR-3-01a IR-3-03a IR-4-02b IR-4-02e IR-6-05b
    """,
    ("not_mentioned", "stated"): """
        IR-2-02
    """,
    ("consulting", "inferred"): """
        IR-2-03 IR-2-09 IR-4-04 IR-5-02 IR-5-02a IR-6-06d
    """,
    ("consulting", "stated"): """
        IR-2-04 IR-3-09 IR-4-06 IR-6-06 IR-6-06a IR-7-03
    """,
    ("accepted", "inferred"): """
        IR-2-11 IR-2-11b IR-2-12c IR-3-10b IR-4-03 IR-5-01a IR-5-01e IR-6-04a IR-6-05 IR-6-05a IR-6-08 IR-6-09
        IR-6-10 IR-7-01a IR-7-05 IR-7-06 IR-7-08a IR-7-08c
    """,
    ("accepted", "stated"): """
        IR-2-15 IR-4-09a IR-5-03 IR-5-04 IR-5-05 IR-6-01 IR-6-01a IR-6-02 IR-7-01 IR-7-02 IR-7-04
    """,
    ("to_explore", "inferred"): """
        IR-3-04 IR-3-07a IR-3-08 IR-7-08b
    """,
    ("to_explore", "stated"): """
        IR-3-06 IR-3-07 IR-3-07b IR-6-11
    """,
    ("rejected", "inferred"): """
        IR-4-09b IR-6-01b IR-6-07
    """,
    ("rejected", "stated"): """
        IR-4-10 IR-4-11 IR-6-13
    """,
}
