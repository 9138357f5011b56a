"""What an English sentence can do without; the failures that readers found stand here in sentences of ours."""

from __future__ import annotations

import pytest

from service.article.lines import collapsed
from service.summary.clauses import read_clauses
from service.summary.compression import compress
from service.summary.cuts.models import Loss
from tests.summary.cut_record import all_cuts


def shortened(sentence: str, max_words: int | None = None) -> str:
    """The sentence, as short as `safe` makes it."""
    spans = compress(sentence, "en", "safe", max_words)
    return collapsed("".join(sentence[start:end] for start, end in spans))


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (
            "The ferry, which had been built in 1904, was sold to the former captain.",
            "The ferry was sold to the former captain.",
        ),
        (
            "The boat will carry letters between both Lindholm and Norr, said Ana Lund, who once sailed it.",
            "The boat will carry letters between both Lindholm and Norr, said Ana Lund.",
        ),
        (
            "The waves, which came at night from the open sea, wounded two sailors, said Ana Lund.",
            "The waves wounded two sailors, said Ana Lund.",
        ),
        (
            "Guards caught the captain who masterminded the theft at the pier and set off a strike, the council said.",
            "Guards caught the captain who masterminded the theft at the pier, the council said.",
        ),
        (
            "The council has sent two boats to the islands, as part of its plan for the winter.",
            "The council has sent two boats to the islands.",
        ),
        (
            "But, as the harbour office reports, two boats were lost in the bay.",
            "As the harbour office reports, two boats were lost in the bay.",
        ),
        ("But, he said, two boats were lost in the bay.", "But, he said, two boats were lost in the bay."),
        ("Worryingly, two of the old boats leaked.", "Two of the old boats leaked."),
        ("Sadly, she left the old town for good.", "Sadly, she left the old town for good."),
        ("Similarly, the boats of Norr are old.", "The boats of Norr are old."),
        ("Apparently, the boats of Norr are old.", "Apparently, the boats of Norr are old."),
        (
            "A gale will hold the boats from 18:00 on Tuesday until 10:00 on Wednesday.",
            "A gale will hold the boats from 18:00 on Tuesday until 10:00 on Wednesday.",
        ),
        (
            "The ferry is the best of all boats that we have sailed this year.",
            "The ferry is the best of all boats that we have sailed this year.",
        ),
        (
            "Norrtech, the maker of the best nets, plans to cut jobs, as it shifts work to Lund, Ana Lund told staff.",
            "Norrtech plans to cut jobs, Ana Lund told staff.",
        ),
        (
            "The driver was held on suspicion of theft and has been released under investigation.",
            "The driver was held on suspicion of theft and has been released under investigation.",
        ),
        (
            "Ten people were killed and two are missing after a storm sank the old ferry.",
            "Ten people were killed and two are missing after a storm sank the old ferry.",
        ),
        (
            "The council can override the mayor's veto, which few consider unlikely to come.",
            "The council can override the mayor's veto, which few consider unlikely to come.",
        ),
        (
            "The veto, announced late on Thursday, is the first of her time in office.",
            "The veto, announced late on Thursday, is the first of her time in office.",
        ),
        (
            "The gull is the third bird to be found at the pier this year.",
            "The gull is the third bird to be found at the pier this year.",
        ),
        (
            "A ferry hit the pier in Lund, killing ten people, including the captain, and injuring dozens of others.",
            "A ferry hit the pier in Lund, killing ten people and injuring dozens of others.",
        ),
        (
            "The council has sold the ferry to Norr, a step that sailors say comes too late.",
            "The council has sold the ferry to Norr.",
        ),
        (
            "The meadows may hold carbon for 5,000 years, far longer than woods on land, according to a study.",
            "The meadows may hold carbon for 5,000 years, according to a study.",
        ),
        (
            "Norr Line has cancelled its boats until at least Thursday morning.",
            "Norr Line has cancelled its boats until at least Thursday morning.",
        ),
        (
            "The oldest nets they found had been buried since the Bronze Age.",
            "The oldest nets they found had been buried since the Bronze Age.",
        ),
        (
            "The former director was given a two-year sentence, suspended for two years.",
            "The former director was given a two-year sentence, suspended for two years.",
        ),
        ("Norrtech, for example, is buying the old ferry.", "Norrtech is buying the old ferry."),
        ("The storm, in turn, sank the old ferry.", "The storm sank the old ferry."),
        (
            "Hours after the storm had passed, Ana Lund ordered the boats to leave.",
            "Ana Lund ordered the boats to leave.",
        ),
        ("Ana Lund, the head of the Norr Line and a former captain, stepped down.", "Ana Lund stepped down."),
        (
            "The council freed sailors, including two captains, to rest at home.",
            "The council freed sailors to rest at home.",
        ),
        ("The mayor said on Friday storms had held the ferry.", "The mayor said storms had held the ferry."),
        ("The oil ran into the bay when a pump failed at the yard.", "The oil ran into the bay."),
        (
            "The oil ran into the bay when a pump failed to start.",
            "The oil ran into the bay when a pump failed to start.",
        ),
        (
            "The club has threatened the sailors in the past, and over the weekend, a new threat came from Norr.",
            "The club has threatened the sailors in the past.",
        ),
        # tails
        (
            "The sailors are challenging an island law that takes a part of their pay.",
            "The sailors are challenging an island law.",
        ),
        ("The pier is held by 40 sailors who stayed behind.", "The pier is held by 40 sailors."),
        ("The ferry is old, Ana Lund said on Tuesday during a visit to the yard.", "The ferry is old, Ana Lund said."),
        ('Holding her letter, Lund says, "I still hear the storm."', 'Lund says, "I still hear the storm."'),
        (
            "The new ferry of Lindholm will be sold to a yard, the council announced on Tuesday.",
            "The new ferry of Lindholm will be sold to a yard, the council announced.",
        ),
        (
            "A captain was accused of sinking a boat and leaving the crew at sea.",
            "A captain was accused of sinking a boat.",
        ),
        ("The mayor has sold the ferry, one of the oldest boats in the bay.", "The mayor has sold the ferry."),
        ("The office has sold its boats, a step that shook the town.", "The office has sold its boats."),
        (
            "The storm shook the yard, the mayor said Thursday as she announced plans for a new pier.",
            "The storm shook the yard, the mayor said Thursday.",
        ),
        ("The council bought the old ferry, which had been built in 1904.", "The council bought the old ferry."),
        ("A storm sank the old ferry, killing two sailors.", "A storm sank the old ferry."),
        ("The mayor left the hall after the vote had been lost.", "The mayor left the hall."),
        (
            "The mayor left the hall early, and the council met without the press.",
            "The mayor left the hall early, and the council met without the press.",
        ),
        ("The mayor left the hall early, and the council met again.", "The mayor left the hall early."),
        ("The islanders bought the ferry and sold the old one.", "The islanders bought the ferry."),
        ("The ferry has left Lindholm, a town in the north.", "The ferry has left Lindholm."),
        ("The ferry sailed late, despite the calm sea.", "The ferry sailed late."),
        ("The council bought an old ferry that had belonged to the navy.", "The council bought an old ferry."),
        (
            "The ferry hit the pier when the captain turned too early, the port authority said.",
            "The ferry hit the pier, the port authority said.",
        ),
        (
            "The ferry hit the pier, the port authority said in its first report on the accident.",
            "The ferry hit the pier, the port authority said.",
        ),
        (
            "The islanders have waited two winters for this ferry: the old one was sold.",
            "The islanders have waited two winters for this ferry.",
        ),
        (
            "A storm sank the old ferry, killing two sailors as they were asleep, the port authority said.",
            "A storm sank the old ferry, the port authority said.",
        ),
        (
            "Most of the quarrels come from the rift between Lindholm, which runs the ferry, and Norr, which owns it.",
            "Most of the quarrels come from the rift between Lindholm and Norr.",
        ),
        (
            "Broadcast live on the pier, the talks -- in which Lund seemed asleep -- led to a quarrel in the town.",
            "Broadcast live on the pier, the talks led to a quarrel in the town.",
        ),
        (
            "The captain had parked in the street near a shop, where he works, for three years.",
            "The captain had parked in the street near a shop for three years.",
        ),
        ("The council will meet in the town hall later this week.", "The council will meet in the town hall."),
        ("The ferry sailed to Lindholm early Monday.", "The ferry sailed to Lindholm."),
        ("The mayor left the hall before the vote.", "The mayor left the hall."),
        ("In a letter published Monday, Ana Lund asked for a boat.", "Ana Lund asked for a boat."),
        # interruptions
        ("The captain, a quiet man, sailed home early.", "The captain sailed home early."),
        (
            "Seven nurses, some who came to Lindholm, Zealand, for the feast, were wet in a storm, the council said.",
            "Seven nurses, some who came to Lindholm, Zealand, were wet in a storm, the council said.",
        ),
        ("The captain, who had sailed for thirty years, left the ship.", "The captain left the ship."),
        ("Ana Lund, a nurse from the islands, bought the first ticket.", "Ana Lund bought the first ticket."),
        ("Police said Ana Lund, who lives there, was on board.", "Police said Ana Lund was on board."),
        ("An engineer, responding to a call, stopped the ferry.", "An engineer stopped the ferry."),
        ("Ana Lund, 19, who had swum for an hour, was rescued.", "Ana Lund, 19, was rescued."),
        (
            "Six people were wet and several cold after a wave sent water over a deck.",
            "Six people were wet and several cold.",
        ),
        (
            "The ferry is lost, the captain's daughter said in her first interview since the night of the big storm.",
            "The ferry is lost, the captain's daughter said.",
        ),
        (
            "The ferry has been found and is safe, sailors in Lindholm, Zealand, said on Friday.",
            "The ferry has been found, sailors in Lindholm, Zealand, said.",
        ),
        ("The crew sold 3,150 (3,200 with hens) Monday and 90 since.", "The crew sold 3,150 Monday and 90 since."),
        (
            "Late on Tuesday, guards charged Ana Lund, the niece of the old captain, in the loss of the ferry.",
            "Late on Tuesday, guards charged Ana Lund in the loss of the ferry.",
        ),
        ("The crew wrote to Ida, right.", "The crew wrote to Ida."),
        # fronts
        ("While the sea was calm, the ferry left the harbour.", "The ferry left the harbour."),
        ("Speaking in the town hall, the mayor promised a second ferry.", "The mayor promised a second ferry."),
        (
            "In a statement on Friday, the port authority promised a second ferry.",
            "The port authority promised a second ferry.",
        ),
        (
            "The council voted to limit boats to 90 a day, ending a row that was held up by guards, some of whom left.",
            "The council voted to limit boats to 90 a day.",
        ),
        (
            "The boat, built in 1904, passed within a mile of Norr, which it never reached.",
            "The boat, built in 1904, passed within a mile of Norr, which it never reached.",
        ),
        (
            "The boat, built in 1904, passed within two miles of the pier, known as Old Norr, on Sunday night.",
            "The boat, built in 1904, passed within two miles of the pier, known as Old Norr.",
        ),
        (
            "Ana Lund, 44, admitted 17 counts of theft and four of fraud at the St Jude yard in Norr.",
            "Ana Lund, 44, admitted 17 counts of theft and four of fraud at the St Jude yard in Norr.",
        ),
        (
            "The council left its fee for boats unchanged, as expected, and the mayor agreed.",
            "The council left its fee for boats unchanged, and the mayor agreed.",
        ),
        (
            "The star will start Norr Pictures, a firm that will pay for and produce films of the sea.",
            "The star will start Norr Pictures.",
        ),
        (
            "The head of the harbour office resigned on Monday, hours after guards searched his home.",
            "The head of the harbour office resigned.",
        ),
        (
            "The owner of the boat has been charged with theft, two years after guards found that its papers were old.",
            "The owner of the boat has been charged with theft.",
        ),
        (
            "A mayor was found guilty of theft, becoming the first member of her party to go to prison.",
            "A mayor was found guilty of theft.",
        ),
        (
            "The cost of boats has doubled in a month, guards warned on Friday, urging sailors to wait in Norr.",
            "The cost of boats has doubled in a month, guards warned.",
        ),
        (
            "The mayor has made up most of her story, her office said on Friday, offering sailors their money back.",
            "The mayor has made up most of her story, her office said.",
        ),
        (
            "The cost of boats has doubled in a month, the paper reported, citing the harbour office.",
            "The cost of boats has doubled in a month, the paper reported, citing the harbour office.",
        ),
        (
            "Sailors waited in the rain to say farewell to the captain Per Berg, whose boat was lost in a storm.",
            "Sailors waited in the rain to say farewell to the captain Per Berg.",
        ),
        (
            "The town's largest fund plans to sell its shares in boats, in one of the biggest such moves of a fund.",
            "The town's largest fund plans to sell its shares in boats.",
        ),
        (
            "A sailor has named her son after the guard who held a torch for the nurse.",
            "A sailor has named her son after the guard who held a torch for the nurse.",
        ),
        (
            "When sailors heard of Per Berg, a young boy who built a boat last summer, they gave him a sail.",
            "When sailors heard of Per Berg, a young boy who built a boat last summer, they gave him a sail.",
        ),
        (
            "By the time guards arrived, shortly before noon, the old boat had left the pier.",
            "By the time guards arrived, shortly before noon, the old boat had left the pier.",
        ),
        (
            "The fire spread to a hall in which nets used by sailors were kept.",
            "The fire spread to a hall in which nets used by sailors were kept.",
        ),
        (
            "She had written to the council four times, most recently in May, and had no reply.",
            "She had written to the council four times, most recently in May, and had no reply.",
        ),
        (
            "What troubles sailors most is not the loss itself, which is small, but the speed at which it is growing.",
            "What troubles sailors most is not the loss itself, but the speed at which it is growing.",
        ),
        (
            "The two towns agreed to open the pier and to let families divided by it visit each other twice a year.",
            "The two towns agreed to open the pier and to let families divided by it visit each other twice a year.",
        ),
        (
            "Sailors have warned for years that the pier is old.",
            "Sailors have warned for years that the pier is old.",
        ),
        (
            "The crew saw what they took to be a seal but turned out to be a boy.",
            "The crew saw what they took to be a seal but turned out to be a boy.",
        ),
        (
            "Sailors are not allowed to work while their claims are looked at.",
            "Sailors are not allowed to work while their claims are looked at.",
        ),
        (
            "The crew met 20 sailors in Norr, half of whom were old, while the rest were guards.",
            "The crew met 20 sailors in Norr.",
        ),
        (
            "Sailors had hoped for ten boats; in the event, they got two.",
            "Sailors had hoped for ten boats; in the event, they got two.",
        ),
        (
            "Guards, who have offered a reward of 10,000 euros, believe the thieves left by the front door.",
            "Guards believe the thieves left by the front door.",
        ),
        (
            "Lund used the money, raised from sailors who believed it was for a school, to buy a boat.",
            "Lund used the money to buy a boat.",
        ),
        (
            "Sailors say it will save lives; opponents, led by the mayor, say it is a waste of money.",
            "Sailors say it will save lives; opponents, led by the mayor, say it is a waste of money.",
        ),
        (
            "Sailors had assumed that the nets, found in Norr, belonged to a guard, until a test showed otherwise.",
            "Sailors had assumed that the nets, found in Norr, belonged to a guard, until a test showed otherwise.",
        ),
        # words
        ("The council met on Monday to discuss the ferry.", "The council met to discuss the ferry."),
        ("The mayor also said that the ferry was safe.", "The mayor said the ferry was safe."),
        ("The ferry reached the northern town of Lindholm.", "The ferry reached Lindholm."),
        ("The ferry sank last week.", "The ferry sank last week."),
        ("A ferry sank off the coast last week.", "A ferry sank off the coast."),
        ("For example, no ferry of Norr has sailed in winter.", "No ferry of Norr has sailed in winter."),
        ("In response, Ana Lund has sold the ferry.", "Ana Lund has sold the ferry."),
    ],
)
def test_clauses_and_phrases_go(sentence: str, kept: str) -> None:
    """What is left is a sentence that says the main thing."""
    found = shortened(sentence)

    assert found[:1].upper() + found[1:] == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "The nurses were people who work while others sleep.",
        "The ferry is as eagerly awaited on the islands as it was in town.",
        "The line may open again a century after its founder died.",
        "The mayor may find a buyer after the court has ruled.",
        "The council will not pay because the ferry is late.",
        "It was the first strike since the line was opened.",
        "The price, the mayor said, and the speed matter.",
        "The islanders want to know when the ferry sails.",
        "The plan was to build a pier, a shed and a road.",
        "The captain was described as the best of the fleet.",
        "If the sea is calm, the ferry leaves the harbour.",
        "Unlike the bus, the ferry takes dogs.",
        "The ferry sails only when the sea is calm.",
        "The mayor said that he, not the council, would pay.",
        "The ferry takes dogs, but when the sea is high, the crew asks for patience.",
        "When he left the council, he bought the ferry.",
        "“The ferry, which I love, is lost,” the mayor said.",
        "The storm was treated as a threat and the crew stayed at home.",
        "The sailor repaired the boat, painted the deck and sold it.",
        "In the captain's view, the ferry is lost.",
        "A film shows two men in dark coats, leaving the old ferry.",
        "The council has set Monday as the deadline.",
        "The captain broke the rules of the port, a judge found.",
        "Citing the wind, the tide and the fog, the captain stayed.",
        "The report, prepared by two judges, and the letter are lost.",
        "The harbour office said the ferry, which carried letters, dogs and hens, was sold.",
        "Ana Lund described her brother as a sailor who had feared the sea.",
        "Although the former captain, pilot and mayor has not spoken, it is clear that Lund will sail.",
        "The price of a cabin can be high and yet instead of sleeping on deck the islanders still pay.",
        "Three of the four sailors rescued from the wreck, visited the island again.",
        "The harbour office spotted the swimmers, still afloat, climbing out of the bay, a sailor said.",
        "The film tells of calm seas, wild winters, and fishermen that are leaving the coast.",
        "The ferry is old and slow, however, its captain has always been on time.",
        "She sails to many ports, for example, Norr and Lindholm.",
        "The ferry is old, for example, its captain is older.",
        "Since the first storms three decades ago, an estimated forty boats have been lost.",
        "The captain ended the race, citing a letter to the crew, a step that the mayor said broke the rules.",
        "The mayor has eventually paid for a berth.",
        "Since May, every boat has been late.",
        "With the price of a cabin, you could buy the old ferry.",
        "The ferry belongs to the Court for the Eastern District of Lindholm.",
        "Instead, Ana Lund insisted, the ferry was lost.",
        "The ferry hit the pier, an inquest heard.",
        'The mayor told one of the papers, Harbour Daily: "The ferry is lost."',
        "Sailors say the letters from the two nurses who work there, a town in the north, were wet.",
        "Every time a storm nears Lindholm, Zealand -- which is often -- sailors and nurses stay at home.",
        "Despite its name for storms -- Norr in May, Lindholm in June -- the line will open.",
        "The mayor has spent a year calling herself a sailor.",
        "The captain described the old ferry as a wreck painted white.",
        "The letters were read in connection with finding the ferry.",
        "The mayor spoke of the pier, the ferry, the need for rooms in town and the cost of a fire.",
        "The ferry wasn't quite new at the start.",
        "The rules show you the bell and a place for you to sleep on.",
        "The islanders brought their hens Ada, 2, and Bea, 3, to see the ferry pass by.",
        "The quarrel is worsened by the storms of the winter, and orders that each old ferry must be sold by May.",
        "The nine ferries and their crews, which will be shown in the June issue of Norr and Lindholm, span the bay.",
        "Nobody thinks of ferries first when it comes to small, friendly boats.",
        "The judge, sitting in the harbour today sentenced Lund to a year, suspended for two.",
        "The islands have taken an especially hard hit.",
        "The boat is the first of the fleet -- the old ones were bought by Lund -- according to Per Berg.",
        "The new boat has been changed from its sister -- like salt and pepper -- showing a lower deck.",
        "The mayor has backed a paper naming the old ferry, a danger.",
        "A film shows Ana Lund, captain of the ferry, leaving the pier.",
        "The mayor of Lindholm wore the ring of '9 and left.",
        "Barring a storm and a change of plans, Ana Lund is sure to win the race.",
        "Ana Lund fears a large, slowly melting ice field in Norr.",
        "The cream is sold as a dye, not as a cure for spots as it claims.",
        "A sailor was caught after knocking down the captain.",
        "The mayor is likely to give the same answer as she did in May.",
        "We had no idea how much we would really, really, really like an old boat, but we really do.",
        "A fleet will support the ferry in the bay, the harbour office reported, citing a letter.",
        "According to a survey - made in two towns - nine in ten nurses fear the ferry.",
        '"It is so," Ana Lund said in an interview that\'s been heard in town.',
        "The ferry is old, papers filed Monday said.",
        "The gulls are counted by trapping some and shooting the rest of them.",
        "But -- unlike the ferry -- the old boat was sold.",
    ],
)
def test_what_the_sentence_needs_stays(sentence: str) -> None:
    """A comparison, a condition, a list, an object, an antecedent: without it the rest is untrue, or no sentence."""
    assert shortened(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "max_words", "kept"),
    [
        ("The council bought a ferry that had belonged to the navy.", 6, "The council bought a ferry."),
        (
            "The old ferry left the quay in the outer harbour with most of the islanders.",
            9,
            "The old ferry left the quay in the outer harbour.",
        ),
        ("The council hired two divers to find the wreck.", 6, "The council hired two divers."),
        ("The council hired two divers to find the wreck.", 9, "The council hired two divers to find the wreck."),
        ("The largest ferry in the country left the quay.", 4, "The largest ferry in the country left the quay."),
        (
            "The news of the vote left the islanders in despair.",
            8,
            "The news of the vote left the islanders in despair.",
        ),
        ("The council has plans to find the wreck.", 5, "The council has plans to find the wreck."),
        ("The two crews of the port face off in June.", 7, "The two crews of the port face off in June."),
        ("The old ferry, in Lindholm, Zealand, is lost.", 7, "The old ferry, in Lindholm, is lost."),
        ("Ana Lund, who fell in Norr, Zealand, has sailed.", 8, "Ana Lund, who fell in Norr, has sailed."),
        (
            "The law, which a court in Norr, Zealand, has upheld, bans all.",
            8,
            "The law, which a court in Norr has upheld, bans all.",
        ),
        (
            "The boat was sold, as the mayor of Norr, Zealand, had asked.",
            8,
            "The boat was sold, as the mayor of Norr had asked.",
        ),
        (
            "In 2012, when a ferry off Norr, Zealand, sank, 40 were lost.",
            8,
            "In 2012, when a ferry off Norr sank, 40 were lost.",
        ),
        (
            "Sailors, nurses, and fishermen of Norr, Zealand, were told.",
            8,
            "Sailors, nurses, and fishermen of Norr were told.",
        ),
        (
            "Ana Lund, a nurse at a school in Norr, Zealand, was lost.",
            8,
            "Ana Lund, a nurse at a school in Norr, was lost.",
        ),
        ("In May, a ferry in Norr, Zealand, has sailed.", 8, "In May, a ferry in Norr has sailed."),
        (
            "Two old ferries, one in Norr, Funen, and another in Lindholm, Zealand, were lost.",
            12,
            "Two old ferries, one in Norr, Funen, and another in Lindholm, were lost.",
        ),
        (
            "Sailors suspended for their role in a racist chant will leave.",
            8,
            "Sailors suspended for their role in a racist chant will leave.",
        ),
        ("The point with the most waves is the outer pier.", 8, "The point with the most waves is the outer pier."),
        ("The Lund family profited from the old ferry.", 7, "The Lund family profited from the old ferry."),
        (
            "The nurses have a key to log in to the ferry's page.",
            8,
            "The nurses have a key to log in to the ferry's page.",
        ),
        ("The hens are not constantly helped by the nurses.", 7, "The hens are not constantly helped by the nurses."),
        (
            "The crew said the mayor was the man on the bridge, setting the ferry on a course for the pier.",
            11,
            "The crew said the mayor was the man on the bridge.",
        ),
        ("The largest pier in Lindholm, Zealand, is lost.", 7, "The largest pier in Lindholm is lost."),
        ("The ferry sailed to Lindholm, Zealand and Norr.", 6, "The ferry sailed to Lindholm, Zealand and Norr."),
        ("The retired captain Ana Lund has sold a ferry.", 7, "Ana Lund has sold a ferry."),
        (
            "The bank left its rate unchanged at 3.75 percent, as expected, but opened the door to a cut in June.",
            12,
            "The bank left its rate unchanged at 3.75 percent.",
        ),
        (
            "Schools were closed after days of heat, a wave that guards say has killed ten and sent many to bed.",
            12,
            "Schools were closed after days of heat.",
        ),
        (
            "Hospitals have opened halls with fans, but guards say cuts in power make them of little use to most.",
            12,
            "Hospitals have opened halls with fans, but guards say cuts in power make them of little use to most.",
        ),
        ("Norr actress Ana Lund made a plea to sailors.", 7, "Ana Lund made a plea to sailors."),
        ("World fishing champion Ana Lund has sold a ferry.", 7, "Ana Lund has sold a ferry."),
        ("Harbour cleric Ana al-Sadr and captain Per Berg met.", 8, "Ana al-Sadr and captain Per Berg met."),
        (
            "The harbour office said that boats could be late this winter after the loss of its old ferry.",
            12,
            "The harbour office said that boats could be late this winter.",
        ),
        (
            "The harbour office said that boats could not sail this winter after the loss of its old ferry.",
            12,
            "The harbour office said that boats could not sail this winter after the loss of its old ferry.",
        ),
        ("A sailor carrying old lamps has left the ferry.", 7, "A sailor has left the ferry."),
        ("A sailor who missed the ferry has found a boat.", 7, "A sailor has found a boat."),
        (
            "Two sailors sitting in the bar pulled out flags and stated they were of the ferry.",
            9,
            "Two sailors sitting in the bar pulled out flags and stated they were of the ferry.",
        ),
        (
            "For a seat on the ferry, write to the crew with your name, street, town and age.",
            11,
            "For a seat on the ferry, write to the crew.",
        ),
        (
            "The letter was kept in a box in the town hall, also home to a parrot.",
            8,
            "The letter was kept in a box in the town hall, also home to a parrot.",
        ),
        ("The mayor has quietly sold the old ferry to a rival.", 10, "The mayor has sold the old ferry to a rival."),
        (
            "The mayor has reportedly sold the old ferry to a rival.",
            9,
            "The mayor has reportedly sold the old ferry to a rival.",
        ),
        (
            "The talks went on between the mayor and the crew, but the price of the ferry remained open.",
            11,
            "The talks went on between the mayor and the crew.",
        ),
        (
            "The ferry may sail again in the spring, but the crew has left the islands.",
            9,
            "The ferry may sail again in the spring, but the crew has left the islands.",
        ),
        (
            "The council is tied up in a new scheme that cost the islanders their boat.",
            9,
            "The council is tied up in a new scheme.",
        ),
        (
            "The old ferry was sold at night, an officer who was briefed by the crew told Harbour Radio on Monday.",
            13,
            "The old ferry was sold at night, an officer told Harbour Radio.",
        ),
        (
            "The old ferry was sold, according to the sailor who found the letters.",
            10,
            "The old ferry was sold, according to the sailor.",
        ),
        (
            "A nurse who fell ill while working on Norr came on Friday to a clinic in Lund for treatment.",
            15,
            "A nurse came to a clinic in Lund for treatment.",
        ),
        (
            "The captain was jailed in Lindholm in a case that shook the islands.",
            7,
            "The captain was jailed in Lindholm.",
        ),
        ("The yard fired its captain with words that are called cold and sharp.", 6, "The yard fired its captain."),
        (
            "Fair weather and new boats helped ease the loss in Norr, but the price of bread was still rising.",
            11,
            "Fair weather and new boats helped ease the loss in Norr.",
        ),
        (
            "The sailors continued to come to the island on old boats to see the storm.",
            10,
            "The sailors continued to come to the island on old boats.",
        ),
        (
            "The ferry was lost, a Lindholm, Zealand, court clerk said.",
            9,
            "The ferry was lost, a Lindholm court clerk said.",
        ),
        (
            "The father of a Norr sailor wanted for theft has been charged with lying.",
            11,
            "The father of a Norr sailor has been charged with lying.",
        ),
        (
            "A pair of sailors who built the ferry together have told how they won the race.",
            10,
            "A pair of sailors have told how they won the race.",
        ),
        (
            "A man was charged with hanging nets from the back of a truck during a march in Lindholm, Zealand.",
            13,
            "A man was charged with hanging nets from the back of a truck.",
        ),
        ("The captain spoke of two boats with lamps that looked like ferries.", 6, "The captain spoke of two boats."),
        (
            "Ana Lund has welcomed the news from the council but admitted that she is sad about the old ferry.",
            9,
            "Ana Lund has welcomed the news from the council.",
        ),
        ("All of the sailors were happy - but their choice of boats was odd.", 7, "All of the sailors were happy."),
        (
            "An old couple who left a boat built in Norr were told that the pier is sold, a sailor said.",
            14,
            "An old couple were told that the pier is sold, a sailor said.",
        ),
        ("A sailor who owned boats and old nets has lost his ferry.", 7, "A sailor has lost his ferry."),
        (
            "The ferry will be lost in the bay, a panel assembled by the council has found.",
            12,
            "The ferry will be lost in the bay, a panel has found.",
        ),
        (
            "A sailor who was hurt at the pier did not see the ferry, a captain said.",
            11,
            "A sailor did not see the ferry, a captain said.",
        ),
        (
            "The mayor flew home to Lindholm in the old ferry and did not write to the council again.",
            14,
            "The mayor flew home to Lindholm and did not write to the council again.",
        ),
        (
            "Guards are studying the find of an anchor on the lawn of a Lund, Zealand, home, spokesman Per Berg said.",
            14,
            "Guards are studying the find of an anchor, spokesman Per Berg said.",
        ),
        (
            "The ferry of Norr sank in a storm on March 3, 2012, killing ten sailors.",
            11,
            "The ferry of Norr sank in a storm on March 3, 2012.",
        ),
        (
            "The queen, 84, who broke her hip in the harbour of Norr, will not attend the feast.",
            9,
            "The queen, 84, will not attend the feast.",
        ),
        (
            "The ship's owner, Bo Holm, who bought it in the harbour of Norr, wants ten boats for it.",
            11,
            "The ship's owner, Bo Holm, wants ten boats for it.",
        ),
        (
            "At the pier, Bo Holm, who bought it in the harbour of Norr, wanted ten boats for it.",
            11,
            "At the pier, Bo Holm wanted ten boats for it.",
        ),
        (
            "Anyone who saw the car, a blue one, between noon and night in May, is asked to call.",
            13,
            "Anyone who saw the car, a blue one, is asked to call.",
        ),
        (
            "Ana Lund, who wrote more than ten books, including some on her harbour, had been taken ill with flu.",
            16,
            "Ana Lund, who wrote more than ten books, had been taken ill with flu.",
        ),
        ("The council quietly sold boats to the harbour.", 7, "The council sold boats to the harbour."),
        (
            "The office says Per Berg is armed and drove 90 miles across the island from Norr to Lund in a cart.",
            11,
            "The office says Per Berg is armed and drove 90 miles.",
        ),
    ],
)
def test_last_resorts_are_for_the_limit(sentence: str, max_words: int, kept: str) -> None:
    """Where and why something happened goes only when the sentence is too long for a bullet otherwise."""
    assert shortened(sentence, max_words) == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "The sailors were crossing the bay when a wave broke the mast.",
        "The captain lost two fingers before dying of the cold on the pier.",
        "The nurse was diagnosed after she went to the doctor with a cough.",
        "It was from the pier that the captain fell.",
        "The nurses are late in part because the old ferry was sold.",
        "The islanders will see the world without leaving home - by watching the ferry's films.",
        "Norr -- with Lindholm on one side of it and Zealand on the other -- fears for both towns.",
        "In June, while the captain sold a boat and bought a ferry, when the nurses asked he had no money.",
        "Ana Lund sails to Norr, takes her nets since the storm and sells the old ones.",
        "In May, the council paid Norr Yards of Lindholm, Zealand, a penny for the old ferry.",
        "Two films said 92 boats were built in the town last year.",
        "The captain was in Norr from May to October this year.",
        "The loss of the harbour, through storms alone, was a large one.",
        "Not only did the storm break the pier, but it sank two ferries.",
        "The ferries of Lindholm have been named after old captains.",
        "The pier belongs to the town, the order states.",
        "A crowd was seen in this sprawling, sweating town of sailors.",
        "The sailor took a decision -- to stay in Lindholm -- with hopes of a better life.",
    ],
)
def test_the_news_of_a_sentence_stays(sentence: str) -> None:
    """What happened in the middle of something else, who died, and what the rest speaks of."""
    assert shortened(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "max_words", "kept"),
    [
        ("Ana Lund, who says she was held for a year because she shared a boat, is free.", 8, "Ana Lund is free."),
        (
            "A sailor was sentenced to a reduction in rank by the court on the island.",
            8,
            "A sailor was sentenced to a reduction in rank.",
        ),
        (
            "The captain wept because of his harassment by the police in the harbour.",
            9,
            "The captain wept because of his harassment by the police.",
        ),
        (
            "A test showed that the remains of sailors found in Lindholm, Zealand, belong to the crew.",
            10,
            "A test showed that the remains of sailors found in Lindholm belong to the crew.",
        ),
        (
            'Ana Lund, host of "The Gull and the Cod" -- a show that ran for a decade -- has died, aged 78.',
            25,
            "Ana Lund has died, aged 78.",
        ),
        (
            "Alas, both -- the old ferry and the new one -- are under attack by the council.",
            25,
            "Alas, both are under attack by the council.",
        ),
        (
            "Another feast, Old Boat Day -- the last of the winter -- will become a holiday for all.",
            25,
            "Another feast, Old Boat Day -- the last of the winter -- will become a holiday for all.",
        ),
        (
            "A sailor who broke into a shop and hurt a boy as he slept has been freed by a judge who gave him a fine.",
            18,
            "A sailor who broke into a shop and hurt a boy as he slept has been freed by a judge.",
        ),
        (
            "The ferry is on its final journey, a trip at the end of a cable from Lund, Zealand, to a yard.",
            20,
            "The ferry is on its final journey, a trip at the end of a cable from Lund to a yard.",
        ),
        (
            "Sailors on their way to Lund, Zealand, to fight the new law were met with violence from guards.",
            17,
            "Sailors on their way to Lund to fight the new law were met with violence from guards.",
        ),
    ],
)
def test_a_last_resort_takes_the_right_part(sentence: str, max_words: int, kept: str) -> None:
    """The other part is the verb of the sentence, what its noun asks for, or needs the comma."""
    assert shortened(sentence, max_words) == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "The captain worked with a cargo smuggling ring for ten years or more.",
        "The letters hold accusations that the captain lied about the tide.",
        "A letter from the Commissioner for Islanders praised the crew of the ferry.",
        'The captain sold the boats of men in the harbour office "who never paid him".',
        "The harbour may sink a ferry in the bay in the next five years.",
        "The nurses say they were the captain's children from a first marriage.",
        "The mayor weighed the loss of ferries compared to the loss of crews.",
        "Ana Lund will buy letters from Per Berg and work alongside the crew.",
        "The mayor was accused of holding Lund by the throat and hitting her.",
        "On the pier of Norr, Berg, of Lindholm, was arrested.",
        "The crew has until Monday to get its things out of the house.",
        "Nine boats have been sent out to deal with the storm.",
        "A sailor is accused of sending letters urging a strike.",
        "Ana Lund saw men playing cards with a captain.",
        "The ferry is a key component in the quarrel of two towns.",
        "There were few boats and sailors in towns.",
        "The berries have caused some sailors who ate them to fall ill.",
        "The club holds a growing belief among sailors that the storm will pass.",
        "A sailor who left the crew has no boat in the harbour.",
        "The yard has built a capable but flawed boat.",
        "The harbour office, asked about it, told a small paper that the ferry will be sold.",
        "The captain used to have letters saying so on his wall.",
        "The council is sending sailors outside the islands to learn how to bake.",
        "The council asked every captain of the fleet dating back to Ana Lund to provide letters.",
        "The harbour has become a magnet for old ferries.",
        "Ana Lund was one of many sailors to fear the storm.",
        "The council blamed the old captain for the loss.",
        "The storm that landed their boat on its side was a large one.",
        "The council fears to sail in a place that has storms.",
        "A small paper cited the mayor as calling the ferry old.",
        "The ferry is the 10th boat to sail to Lindholm.",
        "The pier will be sold, Ana Lund, captain in charge of Norr, said.",
        "The ferry has a smaller window and a longer, lower roof.",
        "A teen can go from a quiet life to facing severe, lasting losses.",
        "Ana Lund hit the ferry right at the end of the race.",
    ],
)
def test_no_limit_is_worth_the_meaning(sentence: str) -> None:
    """Compounds, complements, titles, restrictions and terms stay in a sentence that is too long."""
    assert shortened(sentence, 6) == sentence


@pytest.mark.parametrize(
    ("sentence", "spared"),
    [
        (
            "But given that the sailor had no light, the office turned over the case.",
            ", the office turned over the case",
        ),
        ("Pastor Holm thinks the choice was, in part, a nod to the islanders.", ", a nod to the islanders"),
        (
            "Such storms have been rare in Norra, at least on the scale of this one.",
            ", at least on the scale of this one",
        ),
        (
            "Ana Lund's letter revealing that she had her nets sold to pay for a boat won her many friends.",
            "sold to pay for a boat won her many friends",
        ),
        (
            'The gull is a "wry comment," organizers say, on the statue planned, but never built for the pier.',
            ", on the statue planned",
        ),
        ("The pilot was able to make an emergency landing at Lund airport.", "landing at Lund airport"),
        ("Guards found a rusty boat, with chains hanging from the wet walls.", "hanging from the wet walls"),
        (
            "They say the visitors drive up the price of bread, rent, and gutting the town - it is a row of shops.",
            ", and gutting the town - it is a row of shops",
        ),
        (
            "Eva Dahl meets the crew of the ferry, Lars Holm explains why he sails, and Ana Lund takes us round it.",
            ", and Ana Lund takes us round it",
        ),
        ("When the season began in May, the line was expected then to open.", "When the season began in May,"),
        (
            "The daughter of Ana Lund, in a medically induced sleep after being found in the harbour, has been moved.",
            "after being found in the harbour, has been moved",
        ),
        ("A man held his brother captive and shot and hit a Norra harbour guard.", "and hit a Norra harbour guard"),
        (
            "Lund flew to Norra on January 10, weeks after being fired from a job, the guards allege.",
            ", weeks after being fired from a job, the guards allege",
        ),
        (
            "This is key because Lund, in her news conference, told reporters her letters were always saved.",
            ", in her news conference",
        ),
        (
            "Some see the marches as another sign of a growing Norra -- a nation whose leaders have visited Lund.",
            "whose leaders have visited Lund",
        ),
        ("Rookie Holm can still win the cup with third place in the race.", "with third place in the race"),
        ("A film shows a boy feeding a gull on the pier.", "feeding a gull on the pier"),
        ('"We will sail on," Lund told Eva Dahl in an interview that aired on Monday.', "in an interview"),
        ("A few dozen islanders walked out and later blasted Lund as insufficiently bold.", "insufficiently"),
        ("They reported five cases this year of locals taking the keys of visitors.", "taking the keys of visitors"),
        ("Eva Dahl said her daughter called her right after she called the guards.", "after she called the guards"),
        ("The Norr Line began to build its yard way before the storm.", "before the storm"),
        ("Sailors with an enthusiasm for golf had nowhere in the bay to play.", "for golf"),
        ("Along the old border of Norr, a wave of theft has people in fear.", "in fear"),
        ("The ferry sails to Norr on Tuesday, when Lindholm has a feast.", "on Tuesday"),
        (
            "Ana Lund went from being a captain in the navy of Norr to being a mayor.",
            "in the navy of Norr to being a mayor",
        ),
        (
            "It was turned from a boat carrying cars in Norr into a home.",
            "carrying cars in Norr into a home",
        ),
        ("He is accused of stealing a boat in Norr, sinking it and lying about it.", ", sinking it and lying about it"),
        (
            "The captain has come home, according to Norr Radio and websites kept by Lund's sailors.",
            "kept by Lund's sailors",
        ),
        (
            'Not only did it shake the town, showing the loss as "dear," in Lund\'s words, but it became a case.',
            ', showing the loss as "dear,"',
        ),
        (
            "Lund had been walking with his wife in Lund Park, Zealand, when they heard a noise and saw the gull.",
            ", when they heard a noise and saw the gull",
        ),
        (
            "The office said boats meant for sailing before the winter - one by Lund and one by Berg - have been sold.",
            "before the winter - one by Lund and one by Berg - have been sold",
        ),
        ("With boats of her own, Lund says, she hopes to change the harbour.", "With boats of her own,"),
        ("The name is not one used officially by the club and its crews.", "officially"),
        (
            "Lund caught the bustle of artists working and visitors walking in the room of the harbour.",
            "working and visitors walking in the room of the harbour",
        ),
        (
            "Lund caught the bustle of artists working and visitors walking in the room of the harbour.",
            "walking in the room of the harbour",
        ),
        ("The storms may come back before they do real, lasting harm.", ", lasting harm"),
        ("The mayor said the old fleet was the party for sailors.", "for sailors"),
        ("The captain can be sure of a place to sail in the bay.", "to sail in the bay"),
        (
            "Lund is accused of hiding it by instructing a sailor to burn his letters.",
            "to burn his letters",
        ),
        ("The captain joined in several tea tasting rounds with the crew.", "tasting rounds with the crew"),
        ("His loss has cast a shadow over the feast in the harbour.", "over the feast in the harbour"),
        ("The mayor congratulated Ana Lund by letter on her new boat.", "on her new boat"),
        (
            'Monday, the old captain -- once called by the crew her "rock" -- told the court of the letter.',
            ', the old captain -- once called by the crew her "rock" --',
        ),
        ("She said that, contrary to letters, the crew had been paid, except for cooks.", ", the crew had been paid,"),
        ("The crew would leave, as many did in 2024, when the boat was sold.", ", as many did in 2024,"),
        ("The ferry sails daily, except on Sundays, when it sails once, at noon.", ", when it sails once"),
        ("The ferry sails daily, except on Sundays, when it sails once, at noon.", ", when it sails once, at noon"),
        (
            "Guards believe the fire, which hurt two, started in the kitchen, where a pan stood.",
            ", started in the kitchen",
        ),
        ("They dropped the case on Thursday, a day after a sailor, who had been paid, left.", ", a day after a sailor"),
        (
            "The yard said it would fight, arguing that the court, which owns boats, should not have heard the case.",
            ", arguing that the court, which owns boats",
        ),
        ("Sailors found the girl, who had been lost, near a hut, where she had hidden.", ", near a hut"),
        (
            "The council passed the law, weeks after a court, citing the old one, struck it down.",
            ", citing the old one, struck it down",
        ),
        (
            "The boat lost its mast at sea, forcing him to land on the beach, where children were.",
            ", forcing him to land on the beach",
        ),
        (
            "Holm, who was born in Norr, grew up in Lund and was sent abroad, has never sailed.",
            ", who was born in Norr,",
        ),
        (
            "The law allows crews to refuse, as long as they tell the office, to sail.",
            ", as long as they tell the office",
        ),
        ("Guards said the ferry, which Will Lund bought, sank in the storm.", ", sank in the storm"),
        ("Ana Lund kept the ferry at sea with voyage after voyage in May.", "after voyage in May"),
        ("The captain has yet to find a pier in the towns that he visits.", "in the towns that he visits"),
        ("2010: Former Lund mayor indicted on 19 theft, tax charges.", ", tax charges"),
        ("The mayor of Lindholm, Ana Berg, was hurt in the harbour.", ", Ana Berg,"),
        ("The guards in Norr had to stop issuing letters for old ferries.", "for old ferries"),
        ("The harbour office has issued licences for old ferries.", "for old ferries"),
        ("The navy forbids captains to have suppers with their crews.", "with their crews"),
        (
            "The new keel was good for finding and mending the old boats of young crews.",
            "and mending the old boats of young crews",
        ),
        ("The boat was sold in May, when a court in Norr, Zealand, ruled on the case.", ", ruled on the case"),
        (
            "In 2001 -- the last time he was accused of theft and fined -- Lund fled to Norr.",
            "and fined -- Lund fled to Norr",
        ),
        ("Riding into the hills on horseback may seem hard, says Per Holm.", "on horseback"),
        ("The council has lifted its ban on Lund, who may sail again -- albeit in daylight.", "-- albeit in daylight"),
        (
            "On Friday, Holm, who was captain in 2003 and 2004, called the strike a nightmare.",
            ", who was captain in 2003 and 2004",
        ),
        ("Norra has been alone for its tunnel, one that its leaders say it wants for ferries.", "for its tunnel"),
        (
            "On the same day that pilots released the names of the seven nurses who were aboard, new details emerged.",
            "who were aboard, new details emerged",
        ),
        ("A gull died the day after taking part in Norr Regatta, one of its best boat shows.", "in Norr Regatta"),
        (
            "Two crews went on strike against the bold new owners, who have sold the pier, and who may sell the boats.",
            ", who have sold the pier,",
        ),
        ("The harbour office considers the loss in Lindholm Bay an old crime.", "in Lindholm Bay an old crime"),
        ("Then Berg has the very boat for you in town.", "very"),
        ("The line is one of the world's most recognized and respected brands.", "and respected brands"),
        ("The plan was shown in the first letter for the ferry which was released Friday.", "Friday"),
        ("In an interview with Harbour Weekly, published this month, Ana Lund said it was late.", "this month"),
        (
            "Ana Lund, the vice president of the Norr Line, a union for crews, has left the town.",
            ", a union for crews,",
        ),
        ("Berg was the lead pilot in the case of old ferries now before the High Court.", "before the High Court"),
        (
            "Lund watched her crew, which had five young sailors in it, battle in vain before losing the race.",
            ", battle in vain before losing the race",
        ),
        ("Guards searching a boat found Ana Lund, a sailor, lying near the pier.", ", lying near the pier"),
        (
            "A gull died when a T-59 ferry, a boat sailed by a small crew, crashed into the pier.",
            ", crashed into the pier",
        ),
        (
            "A gull died when a T-59 ferry, a boat sailed by a small crew, crashed into the pier.",
            ", a boat sailed by a small crew, crashed into the pier",
        ),
        ("The old nurse from Norr arrived Friday at a clinic in Lund.", "at a clinic in Lund"),
        (
            "Most of the old ferries came to the town when the yards in Norr were closing.",
            "when the yards in Norr were closing",
        ),
        (
            "There are more gulls in cages in Lindholm than in the cliffs of Norr.",
            "in Lindholm than in the cliffs of Norr",
        ),
        (
            "There are more gulls in cages in Lindholm than in the cliffs of Norr.",
            "in cages in Lindholm than in the cliffs of Norr",
        ),
        (
            'Lund left when she felt that it was -- in the words of Ole Berg, her lawyer -- "starving" her.',
            "-- in the words of Ole Berg, her lawyer --",
        ),
        (
            "Lund was tried and jailed in Lindholm, Zealand, in 1965 on charges of helping sailors to strike.",
            ", in 1965 on charges of helping sailors to strike",
        ),
        (
            "The nurse is safe as long as she stays on the island, and she treats the wounded sailors.",
            ", and she treats the wounded sailors",
        ),
        (
            "The mayor was blamed in the harbour for reasons ranging from the price of bread to the storm.",
            "ranging from the price of bread to the storm",
        ),
        (
            "Four sailors were lost and seven were hurt in the storm, and two of the hurt later died, the mayor said.",
            ", and two of the hurt later died",
        ),
        (
            "Seven sailors were hurt in the storm, and some of them died.",
            ", and some of them died",
        ),
        (
            "This was Ana Lund yesterday as she got a full soaking during a race in Norr.",
            "as she got a full soaking during a race in Norr",
        ),
        (
            "There seems to be a long row of boats, piers and harbours that will turn you seasick.",
            "that will turn you seasick",
        ),
        (
            "Some island towns are turning to an unlikely source for help -- the Church of Norr.",
            "-- the Church of Norr",
        ),
        (
            "Some island towns are turning to an unlikely source for help -- the Church of Norr.",
            "for help -- the Church of Norr",
        ),
        ("Of course, the council will send its condolences.", "Of course,"),
        ("The captain of the ferry was 20 when he came to the islands.", "when he came to the islands"),
        (
            (
                "The story is that the singer had called at the inn and got food and a bed for the night, only for "
                "the owner of the inn to grow wary of him."
            ),
            "to grow wary of him",
        ),
        ("In a Lindholm film that aired on Tuesday, for example, people of the crew were not seen.", "on Tuesday"),
        ("The mayor took her budget fight with the council on the road.", "with the council on the road"),
        (
            "One sailor died on the pier, another died in a clinic in Lund from his wounds.",
            ", another died in a clinic in Lund from his wounds",
        ),
        (
            "Reports say a film shows the end of the ferry, but the police said that they were wrong.",
            ", but the police said that they were wrong",
        ),
        (
            "The council accuses him of funding a strike, trying to stop ferries and plotting harm, by sinking a boat.",
            ", trying to stop ferries and plotting harm,",
        ),
        (
            "Lund was taken to Norr, where guards got a warrant for her things, including letters, the office said.",
            ", where guards got a warrant for her things",
        ),
        (
            "Norr is ahead of Lund by the number of sailors left from each town in the cup.",
            "left from each town in the cup",
        ),
        (
            "On the pier Lund has another trade that is rarely seen in sailors: mathematical research.",
            ": mathematical research",
        ),
        ("With spring near, it's a good reminder to look after your boats.", "to look after your boats"),
        ("The crew had to sail to areas where the storm went on.", "where the storm went on"),
        ("The shop already had many buyers when Ana Lund bought it.", "when Ana Lund bought it"),
        (
            "Two sailors were killed in the bay, with another ten women and two old guards wounded in the storm.",
            "wounded in the storm",
        ),
        ("The attack happened at noon, according to Ana Berg, the mayor of Norr.", ", the mayor of Norr"),
        (
            (
                "Guards captured the port and a boat bought by the navy, officials in the town said, with one sailor "
                "claiming that the mayor fled Norr."
            ),
            "bought by the navy, officials in the town said, with one sailor claiming that the mayor fled Norr",
        ),
        ("The mayor has been on the islands since May apart from a day in Lund.", "since May apart from a day in Lund"),
        (
            "The sons of the captain got notice from some officials that the captain is safe.",
            "that the captain is safe",
        ),
        ("Letters show the boats were lost, and accuse the captain's crew in the loss.", "in the loss"),
        ("The mayor left the council before the ferry became a danger for him.", "for him"),
        (
            "Ever since Ana Lund left the island, there have been storms in the bay.",
            "Ever since Ana Lund left the island,",
        ),
        (
            "A paper in Norr cites an old sailor, who said the captain had been ill.",
            ", who said the captain had been ill",
        ),
        ("The office has a warning for anyone who came to the pier and bought bread.", "and bought bread"),
        ("As the boat came near the gate, guards shot at it.", "As the boat came near the gate,"),
        ("The girl was taken to a nurse, but died in May.", ", but died in May"),
        (
            "The captain is held in the arms of his wife as others, including a man who sails with him, are gathered.",
            "who sails with him, are gathered",
        ),
        ("Lund walked into the hall, went up to the third floor, and sang a song.", ", and sang a song"),
        (
            "Lund won the race, and Ana Dahl, who sailed the old ferry, won best captain.",
            ", who sailed the old ferry, won best captain",
        ),
        ("The court will give the council some leeway in selling ferries.", "in selling ferries"),
        ("Lund had won twelve races since Super Tuesday in February.", "Tuesday"),
        ("Lund was glad to get her sons, aged two to 12, out of the hall.", ", out of the hall"),
        ("Dahl said that Lund has a burn across her back, and a knot on her head.", "on her head"),
        ("The captain of the ferry was stunned when she saw the bill.", "when she saw the bill"),
        ("Dahl was not with Lund on the pier as she won the race.", "as she won the race"),
        ("The council had already sold the old ferry before the storm came.", "before the storm came"),
        (
            "The council of the islands has reached two hasty conclusions: Lund had won and Dahl had lost.",
            ": Lund had won and Dahl had lost",
        ),
        (
            "Lund was convicted on two counts: giving boats to a gang, conspiracy to use an old ferry.",
            ", conspiracy to use an old ferry",
        ),
        ("Al Qaeda in the Arabian Peninsula has freed a sailor.", "in the Arabian Peninsula"),
        (
            "Pastor Lund called it the feast of the year -- seeing the old crews meet again.",
            "-- seeing the old crews meet again",
        ),
        (
            "A paper had quoted the sister, a captain of the Norr Line, as saying she trusted the crew.",
            ", a captain of the Norr Line, as saying she trusted the crew",
        ),
        ("The first day of the race provided sailors with a view of the storm.", "with a view of the storm"),
        ("Boats need a pier, said Ana Lund, one of two women on the board of Norr.", "on the board of Norr"),
        ("The race starts at 8 p.m. ET Thursday on the pier.", "Thursday"),
        (
            "Norr Guard is a group of old sailors from the navy; Lund Watch, the town's guard; and the police.",
            "; Lund Watch, the town's guard; and the police",
        ),
        ("A boat was lost in the bay, in May 1965 when it was new.", ", in May 1965 when it was new"),
        ("A boat was lost in the bay, in the spring of 1965.", ", in the spring of 1965"),
        ("The race starts at 8pm Thursday on the pier.", "Thursday"),
        ("The loss of the ferry prompted the council of Norr to close the pier.", "to close the pier"),
        ("The race starts at noon Thursday on the pier.", "Thursday"),
        ("Boats need a pier, said Ana Lund, one of the two women on the board of Norr.", "on the board of Norr"),
        ("The law would bring the council of Norr to old sailors that are ill at home.", "that are ill at home"),
        (
            "The dead are Ana Lund, who was a captain; Per Berg, a sailor; and Ida Holm.",
            ", who was a captain; Per Berg, a sailor; and Ida Holm",
        ),
        ("The ferry sank twice, and its captain, Per Berg, left.", ", left"),
        ("He took the money and, without a word, left.", ", left"),
        ("The crew fought for freedom, truth, right.", ", right"),
        ("The law would bring the council of Norr to old sailors who are ill at home.", "who are ill at home"),
        (
            "The old ferry had been leaving the harbour, on Monday when the storm struck.",
            ", on Monday when the storm struck",
        ),
        ("A charity for the disabled said on Monday the move could harm the islands.", "on Monday the move"),
        (
            "Boats are made of oak, a wood whose planks are used to hold much water, and thus fish.",
            ", a wood whose planks are used to hold much water,",
        ),
        ("Sailors will see films along with specially made nets.", "specially"),
        ("The state Health Department has issued a warning to the crew.", "The state"),
        (
            "Its owners are old: Some banks that have paid for ferries have debts and have been involved in theft.",
            "that have paid for ferries have debts and have been involved in theft",
        ),
        ("The captain was removed amid an inquiry into theft by sailors.", "by sailors"),
        (
            "Eva came to the pier, but it seems the mayor's sister Ana, 50, decided to stay away.",
            ", decided to stay away",
        ),
        ("The plan will bring help from Norr to sailors and stranded crews.", "and stranded crews"),
        (
            "The council faulted the navy, saying the boats came in time, but no call was made in the next hour.",
            ", saying the boats came in time",
        ),
        ("Sheikh Mohammed bin Isa Al Khalifa is chief of the Norr Board.", "Sheikh Mohammed bin"),
        ("The hall was in an area thought to be a haven for gulls.", "thought to be a haven for gulls"),
        (
            "Ferries sank in Norr, the capital of the north and a town that has seen fights of crews.",
            "that has seen fights of crews",
        ),
        (
            "The brief is the first from the people of Norr -- the 58% of them who sail -- in a year.",
            "-- the 58% of them who sail --",
        ),
        ("His thoughts are full of the fight for ferries in Lindholm.", "for ferries in Lindholm"),
        (
            "Lund took to Instagram after the race: 'We are home and won an important race!'",
            "after the race: 'We are home and won an important race!'",
        ),
        (
            'The old captain sails with Berg and the sailor known as "Lefty" credits Lund with helping to build it.',
            "with helping to build it",
        ),
        ("Lund came with 70,000 names on a petition opposed to the new ferry.", "opposed to the new ferry"),
        ("In the old book you will see a passage that says it all.", "that says it all"),
        ("Considering the speed, height and distance the boats sailed, they are new.", "Considering the speed,"),
        ("It is a will to sail while others sleep, says Boat Editor in Chief Dana Holm.", "in Chief Dana Holm"),
        ("Ana Lund was supposed to come home from work on a Friday in May.", "on a Friday in May"),
        ("The Norr Council had posted a photo on Facebook of a crack.", "on Facebook of a crack"),
        ("Two of the crew were shot and killed in fights with thieves.", "and killed in fights with thieves"),
        ("His team can live with the demands to become champions again.", "to become champions again"),
        (
            "Norr gave up the power to sail, the power to sell boats to repay loans, and the power to land.",
            "to repay loans, and the power to land",
        ),
        ("It puts Norr on a war footing with an island unwilling to join.", "footing with an island unwilling to join"),
        ("Two sailors were hurt in a car bombing near the pier of Norr.", "bombing near the pier of Norr"),
        ("The race is won by tying the boats in harbours and then burning them.", "in harbours and then burning them"),
        ("Ana Lund identified the marks on the wreck as ones made by an anchor.", "as ones made by an anchor"),
        ("The council fights with foes like the Old State of Norr and Lund.", "the Old State of"),
        ("Fortunately, Norr has a captain who has power over storms.", "who has power over storms"),
        (
            "All are subject to storms, from a small gale blowing off the coast to a flood.",
            "blowing off the coast to a flood",
        ),
        ("Boats, with their slender, steam-powered engines, have become a part of the sea.", ", with their slender,"),
        ("A boy playing with matches started a fire on the old pier, the mayor said.", "playing with"),
        (
            "Norr's trouble is known but this last chapter, where it was lucky to keep its boats, offered yet more.",
            ", where it was lucky to keep its boats, offered yet more",
        ),
        ("The anger led Ana Lund to found the Norr, Zealand, sailing rights club.", ", sailing rights club"),
        (
            "The case has drawn attention, provoked outrage in the West and led to a debate.",
            "in the West and led to a debate",
        ),
        ("Masses were held, some in the school and others in local churches.", "in local churches"),
        (
            "The court upheld a ruling allowing Ana Lund, convicted of stealing boats, visits to her crew.",
            ", visits to her crew",
        ),
        ("The firm has now counted and ranked the harbours of Zealand.", "and ranked the harbours of Zealand"),
        (
            "Lund defended the line, despite Norr, the old rival, asking for a debate on the fares.",
            ", the old rival, asking for a debate on the fares",
        ),
        (
            "Lund defended the line, despite Norr, the old rival, asking for a debate on the fares.",
            ", asking for a debate on the fares",
        ),
        ("Lund defended the line, despite Norr, the old rival, asking for a debate on the fares.", ", the old rival,"),
        ("The club apologised for posting on a private page alarming photos.", "alarming photos"),
        ("The town is safe, the head of a force taking part in the attack told the paper.", "in the attack"),
        ("Lund enjoys the quiet of an environment that is far from the harbours.", "that is far from the harbours"),
        ("Excluding the old line, sales were up in May.", "Excluding the old line,"),
        (
            "It's the day every sailor dreads - when the time comes to sell the boat.",
            "- when the time comes to sell the boat",
        ),
        ("At the time it seemed like fun: Ana Lund and a crew in an old boat.", ": Ana Lund and a crew in an old boat"),
        ("Captains must see each boat in person before it is sold.", "before it is sold"),
        ("The firm holds about 600 rights for SAIL and related boats.", "and related boats"),
        (
            "It sent data showing crew wait times of four days, guest wait times of seven, and boat wait times of two.",
            ", and boat wait times of two",
        ),
        ("Then, says Mr Holm, the whole island found out.", "Then,"),
        ("They claim it was Mr Holm, not Mr Berg, who told the paper of the sale.", ", who told the paper of the sale"),
        (
            "The line is popular, with guests using it for races and trips, as well as moving nets.",
            ", with guests using it for races and trips,",
        ),
        (
            "Most boats lie in the old harbour, which is why rowing clubs, such as those of Norr, become important.",
            ", such as those of Norr, become important",
        ),
        ("They hold an old portrait, sketches of gulls and nets, plus some drawings.", ", plus some drawings"),
        ("The letters come from the council and tell sailors that they have lost.", "that they have lost"),
        (
            "A bill that would allow Norr to use old boats to carry some paying sailors passed in the council in May.",
            "passed in the council in May",
        ),
        (
            "Images of the Aylmer sisters of Norr, Old Zealand, rocketed around the islands when a paper carried them.",
            ", rocketed around the islands when a paper carried them",
        ),
        ("The line gives sailors an opportunity for a race in May.", "for a race in May"),
        (
            "The letter was a trick, something, incidentally, Lund also doubts to be real.",
            ", Lund also doubts to be real",
        ),
        (
            "The tale hurt her mother, who called her daughter a thief, Ole Holm, the old cook, told a court Monday.",
            ", who called her daughter a thief, Ole Holm, the old cook, told a court Monday",
        ),
        ("The fate of the old store is likely to be settled later on Thursday.", "on Thursday"),
        ("Ana Lund was among the six sailors to leave the ferry.", "to leave the ferry"),
        ("She was one of three sailors put off - two for Norr and one for Lund.", "for Lund"),
        ("World boxing champion Ana Lund has an important title defense coming up.", "coming up"),
        ("Lund runs the line, although Mr Holm, who saved it, remains its captain.", ", although Mr Holm"),
        (
            "Norr has become the first of the 10 islands battered by high waves at the weekend to lower its forecast.",
            "at the weekend to lower its forecast",
        ),
        ("The club would find it easier to draw guests by having one owner.", "by having one owner"),
        (
            "Lund said that the works in Norr, where the school stands, and strong guests had led to the rise.",
            ", and strong guests had led to the rise",
        ),
        ("A mistake in the way the old boat was built meant a loss.", "in the way the old boat"),
        (
            "Islander Ana Holm defeated Eva Dahl of Lund, guest Ola Berg downed Jon Dal, and Ida Vik beat Ulf By.",
            ", and Ida Vik beat Ulf By",
        ),
        (
            "The firms hid the levels, targeted sailors with posters, lied about the storms and paid writers.",
            ", lied about the storms and paid writers",
        ),
        (
            "They point out how the work of Norr Line, the oldest, and Lund, dubbed new Norr, contrasted with others.",
            ", contrasted with others",
        ),
        (
            "The captain's exit followed disclosures in the Norr Daily about his theft.",
            "in the Norr Daily about his theft",
        ),
        ("Lund added that the old pier had been sold.", "that"),
        ("More than half of them said they were either worried or very worried.", "very"),
        ("An inmate of a floor where many mentally ill sailors are housed has left the harbour.", "mentally"),
        (
            "Gulls are more at ease with each other than in any other company.",
            "with each other than in any other company",
        ),
        (
            "Two men charged in a plot to steal boats arrived in Lund on Sunday, hours after Ana Lund held talks.",
            "to steal boats arrived in Lund on Sunday, hours after Ana Lund held talks",
        ),
        (
            "In a letter, the singer called papers Norr Weekly, In Lund and Star the worst.",
            ", In Lund and Star the worst",
        ),
        (
            "The mayor told the paper that although only two of the crew were islanders, half of them were from Norr.",
            ", half of them were from Norr",
        ),
        (
            "A film on a sailor who said she had mended the nets after her crew left her has sparked a debate.",
            "after her crew left her has sparked a debate",
        ),
        (
            "A row was sparked after the party showed posters of the ferry.",
            "after the party showed posters of the ferry",
        ),
        ("Eva Dahl, director of the Norr Boat Service, spent time with the Lund family.", "with the Lund"),
        ("Ana Lund, the captain, had little in her file to suggest a theft.", "to suggest a theft"),
        ("Other lines that have been linked with the loss include Norr Boats.", "that have been linked with the loss"),
        ('The choice had already been "much shaped" by the reports of the crew.', "by the reports of the crew"),
        ("The crew said it was a step towards sailing boats by hand.", "by hand"),
        ("The islanders signed a letter against boat negotiations with Lund.", "with Lund"),
        (
            "The deal gives Norrbrew, the island's biggest maker, near-total control over the brewer.",
            ", near-total control over the brewer",
        ),
        (
            "The captain has been freed because she spent the money on a friend who was ill.",
            "on a friend who was ill",
        ),
        (
            "The number of harbour rescue boats lost at sea in storms rose last year.",
            "lost at sea in storms",
        ),
        (
            "On Friday ten islanders remained in Norr -- two in the town hall, one in the church of the harbour.",
            ", one in the church of the harbour",
        ),
        (
            "The main trouble is that it is impossible to draw the truth of a round world on a chart that we know.",
            "on a chart that we know",
        ),
        (
            "The book takes a look at ten of the many captains on the islands who changed the trade.",
            "on the islands who changed the trade",
        ),
        (
            "The show has made a name for itself on the islands with a brand of humour that hurts.",
            "for itself on the islands with a brand of humour that hurts",
        ),
        (
            "Ten gulls were found dead at the pier in Lund last week, but tests suggested that they had drowned.",
            ", but tests suggested that they had drowned",
        ),
        (
            "Some captains said the change had made it harder to sail, and two boats dropped out of the race.",
            "dropped out of the race",
        ),
        (
            "The old books call the captain a hero, but letters found in Norr suggest they are far from right.",
            ", but letters found in Norr suggest they are far from right",
        ),
        (
            "The suit comes after a plea to a charge stemming from a May 9, 2014 storm in which the ferry sank.",
            ", 2014 storm in which the ferry sank",
        ),
        (
            "The office drove the old bells of the four islands around the town in a truck from the pier to Norr.",
            "around the town in a truck from the pier to Norr",
        ),
        (
            "Norr helped ease the gloom hanging over the club after its best hope, Ana Lund, dropped out of the race.",
            ", dropped out of the race",
        ),
        (
            "The film shows parts of the ship, which weighed 69,000 tons when built, putting it among the largest.",
            ", which weighed 69,000 tons when built",
        ),
        (
            "Ana Lund was fourth, two seconds behind the lead with Per and Ida, who was new here, finishing fifth.",
            ", who was new here, finishing fifth",
        ),
        (
            "Ana Lund was fourth, two seconds behind the lead with Per and Ida, who was new here, finishing fifth.",
            ", finishing fifth",
        ),
        (
            "Ana Lund was fourth, two seconds behind the lead with Per and Ida, who was new here, finishing fifth.",
            ", who was new here",
        ),
        (
            "After news of Berg's fine spread, the harbour office announced that lawyers would look at his sentence.",
            "After news of Berg's fine spread,",
        ),
        (
            "But, as the harbour office reports, there are some good berths in the bay for boats from the islands.",
            "in the bay for boats from the islands",
        ),
        (
            "The council's fund is meant for mending, painting and selling old boats.",
            ", painting and selling old boats",
        ),
        (
            "The ferry lost power in the bay, according to a report on Monday from the harbour office.",
            "on Monday from the harbour office",
        ),
    ],
)
def test_no_such_cut_is_found(sentence: str, spared: str) -> None:
    """Readers found sentences broken or turned by cuts of these shapes."""
    reading = read_clauses(sentence, is_english=True)
    found = {reading.text(cut.start, cut.end) for cut in all_cuts(reading, drops_attribution=False)}

    assert spared in sentence
    assert spared not in found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The old pier was closed late last week.", {("late last week", Loss.SOME)}),
        ("Ana Lund especially praised the crew.", {("especially", Loss.NONE)}),
        ("The boats of Norr are small but very fast.", set()),
        ("The ferry sailed late because of the storm.", {("because of the storm", Loss.SOME)}),
        ("The ferry sailed late because the storm.", set()),
        ("The captain saw the ferry, which was old.", {(", which was old", Loss.SOME)}),
        ("The captain told Ana Lund who had sailed the ferry.", set()),
        ("The shop was opened earlier this month by Ana Lund.", {("earlier this month", Loss.SOME)}),
        ("The shop was opened early this month by Ana Lund.", {("early this month", Loss.SOME)}),
        ("The council really wants a new ferry.", {("really", Loss.NONE)}),
        ("The mayor said that the ferry was lost.", {("that", Loss.NONE)}),
        ("The ferry, according to the mayor, will sail in May.", set()),
        ("The old ferry left the harbour- nobody saw the captain.", set()),
        ("The line will open in May, the mayor said.", {(", the mayor said", Loss.SOME)}),
        ("Ana Lund, who owns two boats, sold the old one in Lindholm.", {(", who owns two boats,", Loss.SOME)}),
        ("When the storm came, the crew of the ferry went home.", {("When the storm came,", Loss.SOME)}),
        (
            "On Monday evening, the council met in the northern town of Lund.",
            {("the northern town of", Loss.SOME), ("On Monday evening,", Loss.SOME)},
        ),
        (
            "However, a captain carrying two bags has quietly left the ferry (the old one) in the harbour.",
            {("However,", Loss.NONE), ("(the old one)", Loss.NONE), ("quietly", Loss.MUCH)},
        ),
        (
            "The harbour master Ana Lund, 54, has died after a long illness.",
            {("after a long illness", Loss.SOME), (", 54,", Loss.MUCH), ("The harbour master", Loss.MUCH)},
        ),
        (
            "The boats -- old and slow -- were sold; the crews went to Norr.",
            {("; the crews went to Norr", Loss.SOME), ("-- old and slow --", Loss.NONE)},
        ),
        ("The ferry is especially busy, particularly in the summer.", {(", particularly in the summer", Loss.SOME)}),
        (
            "Police in Lund said the captain, an islander, was found on the beach near the pier.",
            {(", an islander,", Loss.SOME), ("near the pier", Loss.MUCH)},
        ),
        ("Asked about the boats, the mayor smiled.", {("Asked about the boats,", Loss.SOME)}),
        ("Ana Lund sailed on, despite the storm, hoping for better days.", {(", despite the storm", Loss.SOME)}),
        ("Lund added that she had sold the pier.", {("that", Loss.NONE)}),
        (
            "Lund said that the works in Norr, where the school stands, and strong guests had led to the rise.",
            {("that", Loss.NONE), (", where the school stands,", Loss.SOME)},
        ),
        (
            "A film shows Ana Lund, and a boy, whose father sails, kicking a gull.",
            {(", whose father sails,", Loss.SOME)},
        ),
        (
            "Lund will meet the crew, asked to sail at noon, at the old harbour.",
            {
                (", asked to sail at noon, at the old harbour", Loss.SOME),
                (", asked to sail at noon,", Loss.SOME),
                (", at the old harbour", Loss.SOME),
            },
        ),
    ],
)
def test_all_cuts_of_a_sentence(sentence: str, found: set[tuple[str, Loss]]) -> None:
    """Each with what goes with it; in view of the rest of the sentence some of them are not made."""
    reading = read_clauses(sentence, is_english=True)
    cut = all_cuts(reading, drops_attribution=True)

    assert {(reading.text(one.start, one.end), one.loss) for one in cut} == found
