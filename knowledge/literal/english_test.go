package literal

import (
	"testing"

	"enlace/knowledge"
)

func TestEnglishDates(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"July 31, 2025", "date 2025-07-31"},
		{"july 31st", "date --07-31"},
		{"July 31 2025", "date 2025-07-31"},
		{"Jul 31", "date --07-31"},
		{"Jul. 31, 2025", "date 2025-07-31"},
		{"jul 2025", "date 2025-07"},
		{"Sept. 5", "date --09-05"},
		{"31 July 2025", "date 2025-07-31"},
		{"the 31st of July, 2025", "date 2025-07-31"},
		{"first of May", "date --05-01"},
		{"2025-07-31", "date 2025-07-31"},
		{"2025-07", "date 2025-07"},
		{"31/07/2025", "date 2025-07-31"},
		{"7/31/2025", "date 2025-07-31"},
		{"7/31/25", "date 2025-07-31"},
		{"7/31", "date --07-31"},
		{"31.07.2025", "date 2025-07-31"},
		{"31-jul-2025", "date 2025-07-31"},
		{"2025-07-31T14:00", "date 2025-07-31"},
		{"Thursday, July 31, 2025", "date 2025-07-31 thu"},
		{"Wednesday, July 31, 2025", "date 2025-07-31 wed"},
		{"on Sunday the 20th of July", "date --07-20 sun"},
		{"mid-July 2025", "date mid 2025-07"},
		{"early 2024", "date early 2024"},
		{"late 2023", "date late 2023"},
		{"in July", "date --07"},
		{"until April", "date --04"},
		{"in 2025", "date 2025"},
		{"fiscal 2015", "date 2015"},
		{"in twenty twenty-five", "date 2025"},
		{"around January 31, 2027", "date about 2027-01-31"},
		{"about 2020", "date about 2020"},
		{"December 7–8, 2022", "date 2022-12-07/2022-12-08"},
		{"Dec. 7 and 8, 2022", "date 2022-12-07/2022-12-08"},
		{"July 16, 17 and 18, 2025", "date 2025-07-16; date 2025-07-17; date 2025-07-18"},
		{"July 16, July 17 or July 18", "date --07-16; date --07-17; date --07-18"},
		{"16 or 18 July", "date --07-16; date --07-18"},
		{"July 30 to August 2, 2025", "date 2025-07-30/2025-08-02"},
		{"from July 8 to July 20, 2025", "date 2025-07-08/2025-07-20"},
		{"2022–2024", "date 2022/2024"},
		{"2022-24", "date 2022/2024"},
		{"from 2022 to 2024", "date 2022/2024"},
		{"between 2020 and 2025", "date 2020/2025"},
		{"from about 2020 to 2025", "date about 2020/2025"},
		{"from January 22, 2026, to February 12, 2026", "date 2026-01-22; date 2026-02-12"},
		{"in 2013, 2023 and 2025", "date 2013; date 2023; date 2025"},
		{"9/11 attacks", "date 2001-09-11"},
		{"July 1979", "date 1979-07"},
		{"on July 2, 2025, 17 people", "date 2025-07-02; number 17 person"},
		{"in July 17 people died", "date --07; number 17 person"},
		{"July 20,000", "date --07; number 20000"},
		{"July 31 14:00", "date --07-31; time 14:00"},
		{"July '25", "date 2025-07"},
		{"March 3, 2026", "date 2026-03-03"},
		{"in may 300 people", "date --05; number 300 person"},
		{"may 24 talks", "date --05-24"},
		{"May 2029", "date 2029-05"},
		{"by May 8, 2024", "date 2024-05-08"},
		{"in May", "date --05"},
	})
}

func TestEnglishNotDates(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"it may be 24", "number 24"},
		{"24 may be enough", "number 24"},
		{"they may", ""},
		{"May he come", ""},
		{"Theresa May said", ""},
		{"troops march on", ""},
		{"march of 5 men", "number 5"},
		{"an august body", ""},
		{"24/7 support", ""},
		{"on Thursday", ""},
		{"13/13/2025", ""},
		{"2025-13-01", ""},
		{"31 February 2025 vote", "number 31; date 2025-02"},
		{"April Jones", ""},
	})
}

func TestEnglishNumbers(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"1,600", "number 1600"},
		{"1,234.5", "number 1234.5"},
		{"1.6", "number 1.6"},
		{"1.200", "number 1.2"},
		{"2k", "number 2000"},
		{"5 million", "number 5000000"},
		{"1.5 billion", "number 1500000000"},
		{"2 trillion", "number 2000000000000"},
		{"6,261,740 votes", "number 6261740"},
		{"seven counts", "number 7"},
		{"seven-count", "number 7"},
		{"ninety-nine hundred", "number 9900"},
		{"two hundred and seventy-two thousand", "number 272000"},
		{"one hundred and two", "number 102"},
		{"a hundred", "number 100"},
		{"a thousand", "number 1000"},
		{"twenty one", "number 21"},
		{"twenty-five", "number 25"},
		{"half a million", "number 500000"},
		{"two and a half million", "number 2500000"},
		{"a dozen men", "number 12"},
		{"two dozen", "number 24"},
		{"18 months", "number 18 month"},
		{"18-month", "number 18 month"},
		{"18months", "number 18 month"},
		{"60-day", "number 60 day"},
		{"34-year", "number 34 year"},
		{"46-year-old", "number 46 year"},
		{"two years old", "number 2 year"},
		{"30 seconds", "number 30 second"},
		{"one second later", "number 1 second"},
		{"12 hours", "number 12 hour"},
		{"two decades", "number 2 decade"},
		{"5 km", "number 5 km"},
		{"3 square kilometers", "number 3 km2"},
		{"20 tons", "number 20 tonne"},
		{"17 people", "number 17 person"},
		{"four other people", "number 4 person"},
		{"one year", "number 1 year"},
		{"one-year term", "number 1 year"},
		{"a year later", "number 1 year"},
		{"within a year", "number 1 year"},
		{"a year and a half", "number 1.5 year"},
		{"two and a half years", "number 2.5 year"},
		{"one or two years", "number 1; number 2 year"},
		{"more than one report", "number more than 1"},
		{"at least one", "number at least 1"},
		{"10 to 20 years", "number 10–20 year"},
		{"between 10 and 20 years", "number 10–20 year"},
		{"7-8 people", "number 7–8 person"},
		{"5 to 10 million people", "number 5000000–10000000 person"},
		{"one to two years", "number 1–2 year"},
		{"2000 officers", "number 2000"},
		{"1600 police", "number 1600"},
		{"zero cases", "number 0"},
		{"twelve days", "number 12 day"},
		{"60 percentage points", "number 60 percentage-point"},
		{"23 of 34 years", "number 23; number 34 year"},
		{"nine of the eleven questions", "number 9; number 11"},
		{"1.234.567", "number 1234567"},
		{"1.234,5", "number 1234.5"},
		{"12 345", "number 12345"},
	})
}

func TestEnglishApproximators(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"about 17 months", "number about 17 month"},
		{"some 4,000 police", "number about 4000"},
		{"around 50 years", "number about 50 year"},
		{"more than ten hours", "number more than 10 hour"},
		{"over 272,000", "number more than 272000"},
		{"over 18 months", "number more than 18 month"},
		{"less than 5", "number less than 5"},
		{"fewer than 5", "number less than 5"},
		{"under 18 years", "number less than 18 year"},
		{"at least 300", "number at least 300"},
		{"no fewer than 300", "number at least 300"},
		{"at most 5", "number at most 5"},
		{"no more than 5", "number at most 5"},
		{"up to 300", "number up to 300"},
		{"as many as 300", "number up to 300"},
		{"nearly 50", "number nearly 50"},
		{"almost eleven years", "number nearly 11 year"},
		{"18 or more", "number at least 18"},
		{"50 or so", "number about 50"},
		{"200+ people", "number at least 200"},
		{"~50", "number about 50"},
		{"about 51.4 percent", "percent about 51.4 percent"},
		{"up to 5 million dollars", "money up to 5000000 usd"},
		{"just over 50", "number more than 50"},
		{"over 50 police", "number more than 50"},
	})
}

func TestEnglishNotApproximators(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"over two murders", "number 2"},
		{"handed over eleven days earlier", "number 11 day"},
		{"under Executive Order 14059", "number order 14059"},
		{"over 2024", "date 2024"},
		{"up to March 2026", "date 2026-03"},
		{"some 2024 reports", "date about 2024"},
	})
}

func TestEnglishMoney(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"$13.5 million", "money 13500000 usd"},
		{"$5m", "money 5000000 usd"},
		{"$5 m", "money 5000000 usd"},
		{"$2bn", "money 2000000000 usd"},
		{"$1,000.50", "money 1000.5 usd"},
		{"US$5m", "money 5000000 usd"},
		{"USD 5 million", "money 5000000 usd"},
		{"5 million USD", "money 5000000 usd"},
		{"5 million dollars", "money 5000000 usd"},
		{"5 million U.S. dollars", "money 5000000 usd"},
		{"one-million-dollar reward", "money 1000000 usd"},
		{"a million-dollar reward", "money 1000000 usd"},
		{"five million to ten million dollars", "money 5000000–10000000 usd"},
		{"$5-10 million", "money 5000000–10000000 usd"},
		{"$5 million to $10 million", "money 5000000–10000000 usd"},
		{"€5", "money 5 eur"},
		{"£5 million", "money 5000000 gbp"},
		{"5.5bn dollars", "money 5500000000 usd"},
	})
}

func TestEnglishPercent(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"60.82 percent", "percent 60.82 percent"},
		{"60.82%", "percent 60.82 percent"},
		{"60.82 %", "percent 60.82 percent"},
		{"60.82 per cent", "percent 60.82 percent"},
		{"five percent", "percent 5 percent"},
		{"100 percent", "percent 100 percent"},
		{"64.34 percent Yes (6,261,740 votes)", "percent 64.34 percent; number 6261740"},
	})
}

func TestEnglishOrdinals(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"first", "ordinal 1."},
		{"the second-largest", "ordinal 2."},
		{"a second agreement", "ordinal 2."},
		{"third country", "ordinal 3."},
		{"third and final", "ordinal 3."},
		{"21st", "ordinal 21."},
		{"2nd visit", "ordinal 2."},
		{"thirty-second", "ordinal 32."},
		{"twenty-first century", "ordinal 21. century"},
		{"19th century", "ordinal 19. century"},
		{"the first 100 days", "ordinal 1.; number 100 day"},
	})
}

func TestEnglishDecades(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"the 1990s", "decade 1990s"},
		{"nineties", "decade 1990s"},
		{"the '90s", "decade 1990s"},
		{"early 1990s", "decade early 1990s"},
		{"the 2010s", "decade 2010s"},
	})
}

func TestEnglishTimes(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"2 p.m.", "time 14:00"},
		{"2pm", "time 14:00"},
		{"2:30pm", "time 14:30"},
		{"two p.m.", "time 14:00"},
		{"two thirty p.m.", "time 14:30"},
		{"14:00", "time 14:00"},
		{"at 14:00 on July 20", "time 14:00; date --07-20"},
		{"12 a.m.", "time 00:00"},
		{"12:30 a.m.", "time 00:30"},
		{"12 p.m.", "time 12:00"},
		{"2 o'clock", "time 02:00"},
		{"noon", "time 12:00"},
		{"midnight", "time 00:00"},
		{"2 in the morning", "time 02:00"},
		{"two in the afternoon", "time 14:00"},
		{"10 at night", "time 22:00"},
		{"shortly after 2 p.m.", "time 14:00"},
	})
}

func TestEnglishFractionsAndScores(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"two thirds of", "fraction 2/3"},
		{"two-thirds majority", "fraction 2/3"},
		{"a third of voters", "fraction 1/3"},
		{"one third of", "fraction 1/3"},
		{"three quarters", "fraction 3/4"},
		{"a quarter of", "fraction 1/4"},
		{"half of voters", "fraction 1/2"},
		{"one half", "fraction 1/2"},
		{"2/3 of the votes", "fraction 2/3"},
		{"54 to 45", "score 54:45"},
		{"54-45", "score 54:45"},
		{"54–45", "score 54:45"},
		{"54 votes to 45", "score 54:45"},
		{"seven votes to three", "score 7:3"},
		{"seven votes to one", "score 7:1"},
	})
}

func TestEnglishLabels(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"decree 98", "number decree 98"},
		{"executive decrees 164 and 165", "number decree 164; number decree 165"},
		{"article 79", "number article 79"},
		{"Articles 4 and 5", "number article 4; number article 5"},
		{"art. 5", "number article 5"},
		{"section 219", "number section 219"},
		{"§ 219", "number section 219"},
		{"Executive Order 14059", "number order 14059"},
		{"Order No. 5", "number order 5"},
		{"No. 98", "number number 98"},
		{"count one", "number count 1"},
		{"counts two, three and four", "number count 2; number count 3; number count 4"},
		{"counts 2,3,4", "number count 2; number count 3; number count 4"},
		{"#5", "number number 5"},
	})
}

func TestEnglishTraps(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"which one", ""},
		{"one of the guards", ""},
		{"one of the", ""},
		{"one report says", ""},
		{"no one", ""},
		{"a country", ""},
		{"300 a year", "number 300"},
		{"a day", ""},
		{"dozens", ""},
		{"hundreds of", ""},
		{"several thousand", ""},
		{"wait a second", ""},
		{"per second", ""},
		{"at first", ""},
		{"half-brother", ""},
		{"GAO-17-216", ""},
		{"number 25-114 (FB)", ""},
		{"Covid-19", ""},
		{"F1", ""},
		{"5G", ""},
		{"X", ""},
		{"B2B", ""},
		{"MS-13", ""},
		{"25cv114", ""},
		{"1-800-555-1234", ""},
		{"1.2.3", ""},
		{"v1.2", ""},
		{"https://x.com/2025/07/31/5-people", ""},
		{"1600 Pennsylvania Avenue", ""},
		{"the 5th Avenue", ""},
		{"Washington, D.C. 20528", ""},
		{"ECU 911", ""},
		{"US troops", ""},
		{"us", ""},
		{"once", ""},
		{"ten-year-old", "number 10 year"},
	})
}

func TestEnglishMovement(t *testing.T) {
	runTable(t, knowledge.English, [][2]string{
		{"from 227,000 to 3,448", "number 227000; number 3448"},
		{"227,000 falling to 3,448", "number 227000; number 3448"},
	})
}
