"""What a demonstration list is made of: names, places and words. All of it invented; none of it anybody's."""

from __future__ import annotations

SERVICE = "Early Help"
DISTRICTS = ("Northwold", "Marlbury", "Eastmere")
AREAS = {"Northwold": "North", "Marlbury": "South", "Eastmere": "South"}
UNIT_WORDS = ("Harbour", "Mill", "Orchard", "Castle", "Meadow", "Quarry", "Beacon", "Ferry", "Abbey", "Chalk")
MAIL_DOMAIN = "council.example"

YOUNG_NAMES = (
    *("Aaliyah", "Adam", "Aisha", "Alfie", "Amara", "Amelia", "Andrei", "Anya", "Archie", "Ava"),
    *("Ayaan", "Bailey", "Bartek", "Callum", "Chidi", "Chloe", "Daisy", "Daniel", "Darcey", "Eesha"),
    *("Elif", "Ellie", "Emeka", "Emily", "Ewa", "Fatima", "Finley", "Freya", "George", "Grace"),
    *("Hamza", "Harry", "Ibrahim", "Imogen", "Isla", "Ivy", "Jack", "Jakub", "Jamal", "Jasmine"),
    *("Jayden", "Kai", "Kacper", "Kiran", "Layla", "Leo", "Lexi", "Lily", "Logan", "Lola"),
    *("Maisie", "Mason", "Maya", "Mia", "Mohammed", "Nadia", "Nikhil", "Noah", "Oksana", "Oliver"),
    *("Olivia", "Oscar", "Poppy", "Priya", "Rafal", "Reece", "Riley", "Rosie", "Ruby", "Sam"),
    *("Samira", "Sanjay", "Sofia", "Suraj", "Tahlia", "Tariq", "Theo", "Toby", "Viktor", "Zara"),
)
CARER_NAMES = (
    *("Adebayo", "Agnieszka", "Alison", "Anita", "Anna", "Ben", "Carol", "Claire", "Craig", "Dana"),
    *("Darren", "Dawn", "Deepak", "Donna", "Elena", "Emma", "Farah", "Gary", "Gemma", "Gita"),
    *("Hannah", "Hassan", "Helen", "Ifeoma", "Ioana", "Jackie", "James", "Jan", "Jo", "Joanna"),
    *("Karen", "Kelly", "Kerry", "Laura", "Lee", "Leanne", "Lisa", "Marek", "Maria", "Mark"),
    *("Mel", "Michelle", "Mirela", "Natalie", "Ngozi", "Nicola", "Olena", "Paul", "Rachel", "Ravi"),
    *("Rebecca", "Rita", "Rob", "Sadia", "Sarah", "Shabnam", "Sharon", "Simon", "Stacey", "Steve"),
    *("Sunita", "Tanya", "Tina", "Tomasz", "Tracy", "Vikram", "Yusuf", "Zainab"),
)
STAFF_FIRST_NAMES = (
    *("Abigail", "Ahmed", "Beth", "Charlotte", "Colin", "David", "Esther", "Fiona", "Gareth", "Harpreet"),
    *("Ines", "Jerome", "Joyce", "Kamal", "Kate", "Liam", "Lucy", "Magda", "Martin", "Meera"),
    *("Naomi", "Nathan", "Niamh", "Owen", "Patience", "Pete", "Ruth", "Sean", "Shirley", "Sian"),
    *("Stuart", "Temi", "Tom", "Uma", "Vicky", "Wendy", "Will", "Yasmin"),
)
STAFF_LAST_NAMES = (
    *("Abara", "Ashdown", "Barrow", "Bell", "Bright", "Carter", "Chowdhury", "Dale", "Elgar", "Fenn"),
    *("Gill", "Hartley", "Hope", "Iqbal", "Jarvis", "Kaur", "Lamb", "Marsh", "Mensah", "Nowak"),
    *("Okoro", "Page", "Patel", "Quill", "Reed", "Rowe", "Shah", "Stone", "Thorne", "Upton"),
    *("Vance", "Ward", "Wren", "Yates"),
)

LEVELS = {"intensive": 62, "additional": 24, "specialist": 9, "universal": 5}
LANGUAGES = {"en": 89, "pl": 3, "ro": 2, "ne": 2, "sk": 1, "uk": 1, "ar": 1, "pa": 1}
AGES = {8: 3, 9: 4, 10: 6, 11: 9, 12: 11, 13: 13, 14: 14, 15: 13, 16: 11, 17: 9, 18: 4, 19: 3}
SAFE_CONTACTS = {"text": 92, "discreet": 5, "none": 3}
HOUSEHOLDS = {
    ("young_person",): 34,
    ("young_person", "parent_carer"): 42,
    ("young_person", "parent_carer", "parent_carer"): 9,
    ("young_person", "young_person", "parent_carer"): 10,
    ("parent_carer",): 5,
}
"""Who takes part in a case, and in how many of a hundred."""

NOTES = {
    "text": ("",) * 9 + ("Own phone, keeps it on silent at school.",),
    "discreet": ("Phone is sometimes read by others at home.", "Nothing that names the service, please."),
    "none": ("Asked us not to text. Speak in person.", "Shared phone, not safe at present."),
}
