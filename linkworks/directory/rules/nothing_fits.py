"""Why nothing fitted, as somebody who looked would say it; each is one of our vocabulary's reasons for an unmet need."""

WHY = {
    "nothing-exists": "There is nothing like it",
    "too-far": "It is too far away",
    "wrong-time": "It is not on when I can go",
    "full-or-long-wait": "It is full, or I would wait too long",
    "too-expensive": "It costs too much",
    "not-accessible": "I could not get in, or take part",
    "no-right-language": "It is not in my language",
    "not-culturally-right": "It would not feel right for me",
    "not-eligible": "I am not who it is for",
}
FORGET_DAYS = 365
