"""A short news text in every language of the table, each written for these tests; no place or person in them is real.

`SAMPLES[code]` has four to six sentences, one after the other without line breaks.
"""

from __future__ import annotations

SAMPLES = {
    "ar": (
        "أعلنت بلدية المدينة الساحلية يوم الثلاثاء أن الجسر القديم سيبقى مغلقا أمام السيارات حتى نهاية الصيف. "
        "وقال رئيس البلدية إن المهندسين عثروا على شقوق عميقة في ثلاثة من أعمدة الجسر بعد الأمطار الغزيرة التي هطلت في الشهر الماضي. "
        "وسيكون على السكان الذين يعملون في الميناء أن يستخدموا العبارة التي تبحر كل نصف ساعة. "
        "لكن أصحاب المتاجر في الحي القديم يخشون أن يخسروا زبائنهم، وقد طلبوا من الحكومة أن تدفع لهم تعويضات. "
        "وتقدر تكلفة الإصلاحات بنحو 12 مليون دينار، ولم يتضح بعد من أين ستأتي هذه الأموال."
    ),
    "cs": (
        "Starý most přes řeku zůstane pro auta uzavřený až do konce léta, oznámila v úterý radnice. "
        "Inženýři při prohlídce objevili hluboké trhliny ve třech pilířích, které poškodila jarní povodeň. "
        "„Nemůžeme riskovat, že se někomu něco stane,“ řekla starostka a dodala, že chodci budou moci most používat dál. "
        "Obchodníci ze starého města se ale bojí, že přijdou o zákazníky, a chtějí, aby jim stát ztráty nahradil. "
        "Opravy mají stát asi 48 milionů korun a město zatím neví, kde ty peníze vezme."
    ),
    "da": (
        "Den gamle bro over åen bliver lukket for biler indtil udgangen af sommeren, oplyste kommunen tirsdag. "
        "Ingeniører har fundet dybe revner i tre af bropillerne efter forårets oversvømmelser. "
        "Borgmesteren sagde, at hun godt ved, at det bliver besværligt for mange, men at der ikke er noget valg. "
        "Butikkerne i den gamle bydel frygter, at de vil miste kunder, og de har bedt om hjælp fra staten. "
        "Reparationen ventes at koste 15 millioner kroner, og det er endnu ikke klart, hvem der skal betale."
    ),
    "de": (
        "Die alte Brücke über den Fluss bleibt bis zum Ende des Sommers für Autos gesperrt, teilte die Stadt am Dienstag mit. "
        "Ingenieure hatten nach dem Hochwasser im Frühjahr tiefe Risse in drei Pfeilern entdeckt. "
        "Die Bürgermeisterin sagte, sie wisse, wie schwer das für die Pendler sei, aber die Sicherheit gehe vor. "
        "Die Händler in der Altstadt fürchten nun, dass ihnen die Kunden wegbleiben, und verlangen eine Entschädigung vom Land. "
        "Die Reparatur soll etwa zwei Millionen Euro kosten. "
        "Woher das Geld kommen wird, ist noch nicht geklärt."
    ),
    "el": (
        "Η παλιά γέφυρα του ποταμού θα μείνει κλειστή για τα αυτοκίνητα μέχρι το τέλος του καλοκαιριού, ανακοίνωσε την Τρίτη ο δήμος. "
        "Οι μηχανικοί βρήκαν βαθιές ρωγμές σε τρεις από τις κολόνες της μετά τις πλημμύρες της άνοιξης. "
        "Ο δήμαρχος είπε ότι γνωρίζει πόσο δύσκολο είναι αυτό για τους κατοίκους, αλλά ότι δεν υπάρχει άλλη λύση. "
        "Οι καταστηματάρχες της παλιάς πόλης φοβούνται πως θα χάσουν τους πελάτες τους και ζητούν αποζημίωση από το κράτος. "
        "Οι εργασίες θα κοστίσουν περίπου 2 εκατομμύρια ευρώ, και κανείς δεν ξέρει ακόμη ποιος θα τα πληρώσει."
    ),
    "en": (
        "The old bridge over the river will stay closed to cars until the end of the summer, the town council said on Tuesday. "
        "Engineers found deep cracks in three of its pillars after the floods that hit the valley in the spring. "
        "The mayor said she knew how hard the decision would be for people who work at the harbour, but that there was no other way. "
        "Shopkeepers in the old town fear that they will lose their customers, and have asked the government for help. "
        "The repairs are expected to cost about £2.5 million, and it isn't clear yet who is going to pay for them."
    ),
    "es": (
        "El viejo puente sobre el río permanecerá cerrado a los coches hasta el final del verano, anunció el martes el ayuntamiento. "
        "Los ingenieros han encontrado grietas profundas en tres de los pilares después de las inundaciones de la primavera. "
        "La alcaldesa dijo que sabe lo difícil que será para quienes trabajan en el puerto, pero que no hay otra salida. "
        "Los comerciantes del casco antiguo temen que se queden sin clientes y han pedido ayuda al gobierno. "
        "Las obras costarán unos dos millones de euros, y todavía no está claro quién las va a pagar."
    ),
    "fi": (
        "Joen ylittävä vanha silta pysyy suljettuna autoilta kesän loppuun saakka, kaupunki ilmoitti tiistaina. "
        "Insinöörit löysivät syviä halkeamia kolmesta pilarista sen jälkeen, kun kevään tulvat olivat vahingoittaneet niitä. "
        "Kaupunginjohtaja sanoi, että hän ymmärtää hyvin asukkaiden harmin, mutta muuta vaihtoehtoa ei ole. "
        "Vanhankaupungin kauppiaat pelkäävät, että he menettävät asiakkaansa, ja ovat pyytäneet apua valtiolta. "
        "Korjausten arvioidaan maksavan noin kaksi miljoonaa euroa, eikä vielä tiedetä, kuka ne maksaa."
    ),
    "fr": (
        "Le vieux pont qui enjambe la rivière restera fermé aux voitures jusqu'à la fin de l'été, a annoncé mardi la mairie. "
        "Des ingénieurs ont découvert de profondes fissures dans trois de ses piliers après les inondations du printemps. "
        "La maire a dit qu'elle savait combien cette décision serait difficile pour les habitants, mais qu'il n'y avait pas d'autre solution. "
        "Les commerçants de la vieille ville craignent de perdre leurs clients et demandent l'aide de l'État. "
        "Les travaux devraient coûter près de deux millions d'euros, et l'on ne sait pas encore qui les paiera."
    ),
    "he": (
        "הגשר הישן שמעל הנהר יישאר סגור למכוניות עד סוף הקיץ, כך הודיעה העירייה ביום שלישי. "
        "המהנדסים מצאו סדקים עמוקים בשלושה מן העמודים שלו אחרי השיטפונות של האביב. "
        "ראש העיר אמרה כי היא יודעת עד כמה ההחלטה הזאת קשה לתושבים, אבל אין שום דרך אחרת. "
        "בעלי החנויות בעיר העתיקה חוששים שהם יאבדו את הלקוחות שלהם, ולכן ביקשו עזרה מן הממשלה. "
        "התיקון צפוי לעלות כשני מיליון שקלים, ועדיין לא ברור מי ישלם על כך."
    ),
    "hi": (
        "नदी पर बना पुराना पुल गर्मियों के अंत तक गाड़ियों के लिए बंद रहेगा, नगर पालिका ने मंगलवार को यह घोषणा की। "
        "इंजीनियरों को वसंत की बाढ़ के बाद पुल के तीन खंभों में गहरी दरारें मिली हैं। "
        "महापौर ने कहा कि वह जानती हैं कि यह फ़ैसला लोगों के लिए कितना कठिन है, लेकिन और कोई रास्ता नहीं है। "
        "पुराने शहर के दुकानदारों को डर है कि उनके ग्राहक कम हो जाएँगे और उन्होंने सरकार से मदद माँगी है। "
        "मरम्मत पर लगभग 25 करोड़ रुपये ख़र्च होंगे, और अभी तक यह साफ़ नहीं है कि यह पैसा कौन देगा।"
    ),
    "hu": (
        "A folyó fölötti régi híd a nyár végéig zárva marad az autók előtt, közölte kedden a városi tanács. "
        "A mérnökök a tavaszi árvíz után mély repedéseket találtak a híd három pillérében. "
        "A polgármester azt mondta, tudja, hogy ez a döntés mennyire nehéz az itt élőknek, de nincs más megoldás. "
        "Az óváros kereskedői attól félnek, hogy elveszítik a vevőiket, ezért segítséget kértek a kormánytól. "
        "A javítás körülbelül 800 millió forintba kerül majd, és még nem lehet tudni, hogy ki fogja kifizetni."
    ),
    "it": (
        "Il vecchio ponte sul fiume resterà chiuso alle auto fino alla fine dell'estate, ha annunciato martedì il comune. "
        "Gli ingegneri hanno trovato crepe profonde in tre dei suoi piloni dopo l'alluvione di primavera. "
        "La sindaca ha detto di sapere quanto sia difficile questa decisione per chi lavora al porto, ma che non c'è altra strada. "
        "I negozianti del centro storico temono di perdere i loro clienti e hanno chiesto un aiuto al governo. "
        "I lavori dovrebbero costare circa due milioni di euro, e non si sa ancora chi li pagherà."
    ),
    "ja": (
        "市は火曜日、川に架かる古い橋を夏の終わりまで車両通行止めにすると発表した。"
        "春の洪水の後に行われた点検で、三本の橋脚に深い亀裂が見つかったためだ。"
        "市長は記者会見で「港で働く人たちに迷惑をかけるが、ほかに方法がない」と述べた。"
        "旧市街の商店主らは客が減ることを心配しており、国に支援を求めている。"
        "修理には約3億円かかる見込みだが、誰が負担するのかはまだ決まっていない。"
    ),
    "ko": (
        "시는 강을 가로지르는 오래된 다리를 여름이 끝날 때까지 차량이 다닐 수 없도록 폐쇄한다고 화요일 밝혔다. "
        "기술자들은 봄에 홍수가 난 뒤 다리 기둥 세 곳에서 깊은 균열을 발견했다. "
        "시장은 이 결정이 항구에서 일하는 사람들에게 얼마나 힘든 일인지 잘 알고 있지만 다른 방법이 없다고 말했다. "
        "구시가지 상인들은 손님을 잃을까 걱정하고 있으며 정부에 도움을 요청했다. "
        "수리에는 약 30억 원이 들 것으로 보이지만 누가 그 돈을 낼지는 아직 정해지지 않았다."
    ),
    "nl": (
        "De oude brug over de rivier blijft tot het einde van de zomer dicht voor auto's, heeft de gemeente dinsdag bekendgemaakt. "
        "Ingenieurs hebben diepe scheuren gevonden in drie van de pijlers na de overstromingen van dit voorjaar. "
        "De burgemeester zei dat ze weet hoe moeilijk dit is voor de mensen die in de haven werken, maar dat er niets anders op zit. "
        "De winkeliers in de oude stad zijn bang dat zij hun klanten kwijtraken en hebben de regering om hulp gevraagd. "
        "Het herstel gaat ongeveer twee miljoen euro kosten, en het is nog niet duidelijk wie dat zal betalen."
    ),
    "no": (
        "Den gamle brua over elva blir stengt for biler til sommeren er over, opplyste kommunen tirsdag. "
        "Ingeniører fant dype sprekker i tre av pilarene etter flommen som rammet dalen i vår. "
        "Ordføreren sa at hun vet hvor vanskelig dette blir for dem som jobber på havna, men at det ikke finnes noen annen utvei. "
        "Butikkeierne i gamlebyen er redde for å miste kundene sine og har bedt staten om hjelp. "
        "Reparasjonen ventes å koste 20 millioner kroner, og ingen vet ennå hvem som skal betale."
    ),
    "pl": (
        "Stary most na rzece pozostanie zamknięty dla samochodów do końca lata, poinformował we wtorek urząd miasta. "
        "Inżynierowie znaleźli głębokie pęknięcia w trzech filarach po wiosennej powodzi. "
        "Pani burmistrz powiedziała, że wie, jak trudna jest ta decyzja dla ludzi, którzy pracują w porcie, ale nie ma innego wyjścia. "
        "Właściciele sklepów na starym mieście boją się, że stracą klientów, i proszą rząd o pomoc. "
        "Naprawa będzie kosztować około 9 milionów złotych, a jeszcze nie wiadomo, kto za nią zapłaci."
    ),
    "pt": (
        "A ponte velha sobre o rio vai ficar fechada aos carros até ao fim do verão, anunciou na terça-feira a câmara municipal. "
        "Os engenheiros encontraram fendas profundas em três dos pilares depois das cheias da primavera. "
        "A presidente da câmara disse que sabe como esta decisão é difícil para quem trabalha no porto, mas que não há outra saída. "
        "Os comerciantes da zona antiga receiam perder os seus clientes e já pediram ajuda ao governo. "
        "As obras deverão custar cerca de dois milhões de euros, e ainda não se sabe quem as vai pagar."
    ),
    "ro": (
        "Podul vechi de peste râu va rămâne închis pentru mașini până la sfârșitul verii, a anunțat marți primăria. "
        "Inginerii au găsit crăpături adânci în trei dintre pilonii săi după inundațiile din primăvară. "
        "Doamna primar a spus că știe cât de grea este această decizie pentru cei care lucrează în port, dar că nu există altă cale. "
        "Negustorii din orașul vechi se tem că își vor pierde clienții și au cerut ajutorul guvernului. "
        "Lucrările vor costa cam două milioane de euro și nu se știe încă cine le va plăti."
    ),
    "ru": (
        "Старый мост через реку останется закрытым для машин до конца лета, сообщила во вторник городская администрация. "
        "Инженеры нашли глубокие трещины в трёх опорах после весеннего наводнения. "
        "Мэр сказала, что понимает, как трудно придётся тем, кто работает в порту, но другого выхода нет. "
        "Владельцы магазинов в старом городе боятся, что они потеряют своих покупателей, и попросили помощи у правительства. "
        "Ремонт обойдётся примерно в 180 миллионов рублей, и пока неизвестно, кто за него заплатит."
    ),
    "sk": (
        "Starý most cez rieku zostane pre autá zatvorený až do konca leta, oznámil v utorok mestský úrad. "
        "Inžinieri našli hlboké trhliny v troch pilieroch, ktoré poškodila jarná povodeň. "
        "Primátorka povedala, že vie, aké ťažké to bude pre ľudí, ktorí pracujú v prístave, ale iná možnosť nie je. "
        "Obchodníci v starom meste sa boja, že stratia zákazníkov, a žiadajú, aby im štát pomohol. "
        "Oprava bude stáť asi dva milióny eur a zatiaľ nie je jasné, kto ju zaplatí."
    ),
    "sv": (
        "Den gamla bron över ån förblir stängd för bilar till slutet av sommaren, meddelade kommunen på tisdagen. "
        "Ingenjörer har hittat djupa sprickor i tre av bropelarna efter vårens översvämning. "
        "Kommunalrådet sade att hon vet hur svårt det här blir för dem som arbetar i hamnen, men att det inte finns någon annan utväg. "
        "Butiksägarna i den gamla staden är rädda för att förlora sina kunder och har bett staten om hjälp. "
        "Reparationen väntas kosta omkring 20 miljoner kronor, och det är ännu inte klart vem som ska betala."
    ),
    "th": (
        "เทศบาลประกาศเมื่อวันอังคารว่าสะพานเก่าข้ามแม่น้ำจะปิดไม่ให้รถยนต์ผ่านไปจนถึงสิ้นฤดูร้อน "
        "วิศวกรพบรอยแตกร้าวลึกในเสาสะพานสามต้นหลังจากเกิดน้ำท่วมใหญ่เมื่อต้นปี "
        "นายกเทศมนตรีกล่าวว่าเธอเข้าใจดีว่าการตัดสินใจครั้งนี้ทำให้คนที่ทำงานในท่าเรือลำบาก แต่ไม่มีทางเลือกอื่น "
        "เจ้าของร้านค้าในเมืองเก่ากลัวว่าจะเสียลูกค้าและได้ขอความช่วยเหลือจากรัฐบาล "
        "การซ่อมแซมคาดว่าจะใช้เงินประมาณ 80 ล้านบาท และยังไม่ชัดเจนว่าใครจะเป็นผู้จ่าย"
    ),
    "tr": (
        "Belediye salı günü yaptığı açıklamada, nehrin üzerindeki eski köprünün yaz sonuna kadar araçlara kapalı kalacağını duyurdu. "
        "Mühendisler, ilkbahardaki selden sonra köprünün üç ayağında derin çatlaklar buldu. "
        "Belediye başkanı, bu kararın limanda çalışanlar için ne kadar zor olduğunu bildiğini ama başka bir yol olmadığını söyledi. "
        "Eski şehirdeki esnaf ise müşterilerini kaybetmekten korkuyor ve hükümetten yardım istiyor. "
        "Onarımın yaklaşık 70 milyon liraya mal olması bekleniyor, ancak bu parayı kimin ödeyeceği henüz belli değil."
    ),
    "uk": (
        "Старий міст через річку залишиться закритим для автомобілів до кінця літа, повідомила у вівторок міська рада. "
        "Інженери знайшли глибокі тріщини в трьох опорах після весняної повені. "
        "Мерка сказала, що вона розуміє, як важко буде тим, хто працює в порту, але іншого виходу немає. "
        "Власники крамниць у старому місті бояться, що вони втратять своїх покупців, і попросили допомоги в уряду. "
        "Ремонт коштуватиме близько 80 мільйонів гривень, і поки що не зʼясовано, хто за нього заплатить."
    ),
    "zh": (
        "市政府星期二宣布，横跨河面的老桥在夏天结束之前将一直禁止汽车通行。"
        "工程师在春季洪水过后的检查中发现，三座桥墩上出现了很深的裂缝。"
        "市长说，她知道这个决定会给在港口工作的人带来很大的不便，但是没有别的办法。"
        "老城区的店主们担心会失去顾客，已经向政府请求帮助。"
        "修理费用估计约为2000万元，至于由谁来支付，目前还不清楚。"
    ),
}
