"""What each place of the council's outline of the Review (seed 001) has to have become: the least there must be."""

SOURCE = "blackpool-2022"
PLACES = {
    "Title": "context",
    "1": "independent-review",
    "2.1 para 1": (
        "IR-1 IR-1-01 IR-1-01a IR-1-01b IR-1-02 IR-1-02a IR-1-02b IR-1-02c IR-1-02d IR-1-02e IR-1-02f IR-1-03 "
        "IR-1-03a IR-1-03b IR-1-04 IR-1-04a IR-1-04b IR-1-04c IR-1-05"
    ),
    "2.1 para 2": "IR-1 IR-1-06 IR-1-06-F1 IR-1-06a blackpool/IR-1",
    "2.1 para 3": "IR-1-01a IR-1-02f blackpool/IR-1",
    "2.2 para 1": (
        "IR-2 IR-2-01 IR-2-01a IR-2-01b IR-2-01c IR-2-01d IR-2-01e IR-2-01f IR-2-02 IR-2-03 IR-2-04 IR-2-05"
    ),
    "2.2 para 2": "IR-2 IR-1-01 IR-2-06 IR-2-07 IR-2-07a IR-2-07b IR-2-08",
    "2.2 para 3": "IR-2 IR-2-09 IR-2-10 IR-2-10a IR-2-10b blackpool/IR-2",
    "2.2 para 4": "IR-2 IR-2-11 IR-2-11a IR-2-11b IR-2-11c IR-2-12 IR-2-12a IR-2-12b IR-2-12c IR-2-13",
    "2.2 para 5": "IR-2-02 blackpool/IR-2",
    "2.2 para 6": "IR-2 IR-2-14 IR-2-14a IR-2-14b blackpool/IR-2",
    "2.3 para 1": (
        "IR-3 IR-3-01 IR-3-01a IR-3-02 IR-3-03 IR-3-03a IR-3-04 IR-3-04a IR-3-05 IR-3-06 IR-3-07 IR-3-07a "
        "IR-3-07b IR-3-08 IR-3-09 IR-3-10 IR-3-10a IR-3-10b blackpool/IR-3"
    ),
    "2.3 para 2": "IR-3 IR-3-11 IR-3-11a IR-3-11b IR-3-11c IR-3-11d IR-3-12",
    "2.4 para 1": (
        "IR-4 IR-4-01 IR-4-02 IR-4-02a IR-4-02b IR-4-02c IR-4-02d IR-4-02e IR-4-02f IR-4-02g IR-4-02h IR-4-02i "
        "IR-4-02j blackpool/IR-4"
    ),
    "2.4 para 2": "IR-4 IR-4-03 IR-4-04",
    "2.4 para 3": "IR-4 IR-4-05 IR-4-05a",
    "2.4 para 4": "IR-4 IR-4-06 IR-4-06a IR-4-06b",
    "2.4 para 5": "IR-4 IR-4-07 IR-4-07a IR-4-07b IR-4-08",
    "2.4 para 6": "IR-4 IR-4-09 IR-4-09a IR-4-09b IR-4-10 IR-4-11 IR-4-12 IR-4-12a IR-4-12b IR-4-12c",
    "2.4 para 7": "IR-4 IR-4-13 IR-4-14",
    "2.4 para 8": "IR-2-05 IR-4-10 blackpool/IR-4",
    "2.5 para 1": (
        "independent-review IR-5 IR-M1 IR-M2 IR-M3 IR-M4 IR-M5 IR-5-01 IR-5-01a IR-5-01b IR-5-01c IR-5-01d "
        "IR-5-01e IR-5-02 IR-5-02a IR-5-02b IR-5-02c IR-5-02d"
    ),
    "2.5 para 2": "blackpool/IR-5",
    "2.6 para 1": "IR-6 IR-6-01 IR-6-01a IR-6-01b IR-6-01c IR-6-02 IR-6-03 IR-6-04 IR-6-04a",
    "2.6 para 2": "IR-6 IR-6-05 IR-6-05a IR-6-05b",
    "2.6 para 3": "IR-6 IR-6-06 IR-6-06a IR-6-06b IR-6-06c",
    "2.6 para 4": "IR-6 IR-6-07 IR-6-07a",
    "2.6 para 5": "IR-6 IR-6-08",
    "2.6 para 6": "IR-6 IR-6-09 IR-6-10 IR-6-11 IR-6-12 IR-6-12a",
    "2.7 para 1": "IR-7 IR-7-01 IR-7-01a IR-7-02",
    "2.7 para 2": "IR-7 IR-7-03",
    "2.7 para 3": "IR-7 IR-7-04 IR-7-05 IR-7-06 IR-7-07 IR-7-08 IR-7-08a IR-7-08b IR-7-08c",
    "3 para 1": (
        "independent-review IR-0-F1 IR-0-F2 IR-0-F3 IR-0-F4 IR-0-F5 IR-0-01 IR-0-02 IR-0-02a IR-0-03 IR-0-04 "
        "IR-0-05 IR-0-06"
    ),
    "3 para 2": "implementation-board-announced",
    "3 para 3": "implementation-board-announced",
    "3 members bullet 1": "implementation-board-announced",
    "3 members bullet 2": "implementation-board-announced",
    "3 members bullet 3": "implementation-board-announced",
    "3 members bullet 4": "implementation-board-announced",
    "3 members bullet 5": "implementation-board-announced",
    "3 members bullet 6": "implementation-board-announced",
    "3 members bullet 7": "implementation-board-announced",
    "3 members bullet 8": "implementation-board-announced",
    "3 members bullet 9": "implementation-board-announced",
    "3 members bullet 10": "implementation-board-announced",
    "3 para 4": "implementation-board-announced",
}
