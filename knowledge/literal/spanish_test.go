package literal

import (
	"testing"

	"enlace/knowledge"
)

func TestSpanishDates(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"31 de julio de 2025", "date 2025-07-31"},
		{"31 de julio del 2025", "date 2025-07-31"},
		{"31 julio 2025", "date 2025-07-31"},
		{"31 de julio", "date --07-31"},
		{"julio 31 de 2025", "date 2025-07-31"},
		{"jul. 2025", "date 2025-07"},
		{"mar 2025", "date 2025-03"},
		{"1.º de mayo", "date --05-01"},
		{"primero de mayo de 2025", "date 2025-05-01"},
		{"treinta y uno de julio de dos mil veinticinco", "date 2025-07-31"},
		{"setiembre de 2025", "date 2025-09"},
		{"2025-07-31", "date 2025-07-31"},
		{"31/07/2025", "date 2025-07-31"},
		{"31/7", "date --07-31"},
		{"7/31", "date --07-31"},
		{"06/07/2025", "date 2025-07-06"},
		{"jueves 31 de julio de 2025", "date 2025-07-31 thu"},
		{"jueves, 31 de julio de 2025", "date 2025-07-31 thu"},
		{"domingo 20 de julio", "date --07-20 sun"},
		{"a mediados de julio de 2025", "date mid 2025-07"},
		{"a principios de 2024", "date early 2024"},
		{"a finales de 2023", "date late 2023"},
		{"en julio", "date --07"},
		{"hasta abril", "date --04"},
		{"en el 2025", "date 2025"},
		{"año 2025", "date 2025"},
		{"año fiscal 2015", "date 2015"},
		{"hacia el 31 de enero de 2027", "date about 2027-01-31"},
		{"7 y 8 de diciembre de 2022", "date 2022-12-07/2022-12-08"},
		{"del 5 al 6 de noviembre", "date --11-05/--11-06"},
		{"entre el 5 y el 6 de noviembre de 2025", "date 2025-11-05/2025-11-06"},
		{"16, 17 y 18 de julio de 2025", "date 2025-07-16; date 2025-07-17; date 2025-07-18"},
		{"16 y 18 de julio", "date --07-16; date --07-18"},
		{"16 de julio, 17 de julio o 18 de julio", "date --07-16; date --07-17; date --07-18"},
		{"30 de julio al 2 de agosto de 2025", "date 2025-07-30/2025-08-02"},
		{"entre 2022 y 2024", "date 2022/2024"},
		{"de 2022 a 2024", "date 2022/2024"},
		{"2022-2024", "date 2022/2024"},
		{"entre 2020 y 2025, aproximadamente", "date about 2020/2025"},
		{"del 22 de enero de 2026 al 12 de febrero de 2026", "date 2026-01-22; date 2026-02-12"},
		{"en 2013, 2023 y 2025", "date 2013; date 2023; date 2025"},
		{"11-S", "date 2001-09-11"},
		{"11 de septiembre", "date --09-11"},
		{"9/11", "date --11-09"},
		{"desde la Navidad de 2023", "date 2023"},
		{"hasta 2024", "date 2024"},
		{"en 1999", "date 1999"},
	})
}

func TestSpanishNotDates(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"Julio César", ""},
		{"el mar azul", ""},
		{"24/7", ""},
		{"sábado", ""},
		{"Avenida 6 de Diciembre", ""},
		{"Av. 9 de Octubre", ""},
		{"calle 10", ""},
		{"31 de febrero de 2025", "number 31; date 2025-02"},
	})
}

func TestSpanishNumbers(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"1.600", "number 1600"},
		{"1.200", "number 1200"},
		{"1,2", "number 1.2"},
		{"1.234,5", "number 1234.5"},
		{"1.234.567,89", "number 1234567.89"},
		{"1,234,567", "number 1234567"},
		{"1,234.5", "number 1234.5"},
		{"6'261.740 votos", "number 6261740"},
		{"10 000 votos", "number 10000"},
		{"51.4 %", "percent 51.4 percent"},
		{"mil", "number 1000"},
		{"dos mil", "number 2000"},
		{"2 mil", "number 2000"},
		{"mil millones", "number 1000000000"},
		{"5 mil millones", "number 5000000000"},
		{"un millón", "number 1000000"},
		{"billón", ""},
		{"un billón", "number 1000000000000"},
		{"13,5 millones", "number 13500000"},
		{"millón y medio", "number 1500000"},
		{"medio millón", "number 500000"},
		{"11 mil 589", "number 11589"},
		{"6 millones 261 mil 740", "number 6261740"},
		{"once preguntas", "number 11"},
		{"dos guías", "number 2"},
		{"veintiún años", "number 21 year"},
		{"treinta y cuatro años", "number 34 year"},
		{"doscientos setenta y dos mil", "number 272000"},
		{"ciento dos", "number 102"},
		{"cien", "number 100"},
		{"quinientas personas", "number 500 person"},
		{"mil doscientos", "number 1200"},
		{"media docena", "number 6"},
		{"una docena", "number 12"},
		{"una veintena", "number 20"},
		{"siete cargos", "number 7"},
		{"18 meses", "number 18 month"},
		{"18meses", "number 18 month"},
		{"un año", "number 1 year"},
		{"un año y medio", "number 1.5 year"},
		{"una hora y media", "number 1.5 hour"},
		{"dos años y medio", "number 2.5 year"},
		{"34 años de edad", "number 34 year"},
		{"un segundo después", "number 1 second"},
		{"30 segundos", "number 30 second"},
		{"5 km", "number 5 km"},
		{"20 toneladas", "number 20 tonne"},
		{"17 personas", "number 17 person"},
		{"otras cuatro personas", "number 4 person"},
		{"uno o dos", "number 1; number 2"},
		{"dos o tres años", "number 2; number 3 year"},
		{"10 a 20 años", "number 10–20 year"},
		{"entre 10 y 20 años", "number 10–20 year"},
		{"de 5 a 10 millones de dólares", "money 5000000–10000000 usd"},
		{"2000 policías", "number 2000"},
		{"nueve de las once", "number 9; number 11"},
		{"23 de 34 años", "number 23; number 34 year"},
		{"puntos porcentuales", ""},
		{"un segundo", "number 1 second"},
	})
}

func TestSpanishApproximators(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"unos 17 meses", "number about 17 month"},
		{"unos 4.000 policías", "number about 4000"},
		{"cerca del 75 %", "percent about 75 percent"},
		{"alrededor de 50 años", "number about 50 year"},
		{"más de diez horas", "number more than 10 hour"},
		{"menos de 5", "number less than 5"},
		{"al menos 300", "number at least 300"},
		{"por lo menos 300", "number at least 300"},
		{"a lo sumo 5", "number at most 5"},
		{"no más de 5", "number at most 5"},
		{"hasta 300 solicitantes", "number up to 300"},
		{"casi once años", "number nearly 11 year"},
		{"10 o más", "number at least 10"},
		{"50 aproximadamente", "number about 50"},
		{"poco más de 50", "number more than 50"},
		{"más de un reporte", "number more than 1"},
		{"hasta 5 millones de dólares", "money up to 5000000 usd"},
	})
}

func TestSpanishMoney(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"13,5 millones de dólares", "money 13500000 usd"},
		{"un millón de dólares", "money 1000000 usd"},
		{"5.000 dólares", "money 5000 usd"},
		{"$5.000", "money 5000 usd"},
		{"$13,5 millones", "money 13500000 usd"},
		{"US$ 5.000", "money 5000 usd"},
		{"USD 5 millones", "money 5000000 usd"},
		{"5 millones USD", "money 5000000 usd"},
		{"5 euros", "money 5 eur"},
		{"3 mil 500 dólares", "money 3500 usd"},
		{"un billón de dólares", "money 1000000000000 usd"},
		{"5 dólares estadounidenses", "money 5 usd"},
	})
}

func TestSpanishPercent(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"60,82 %", "percent 60.82 percent"},
		{"60,82%", "percent 60.82 percent"},
		{"60,82 por ciento", "percent 60.82 percent"},
		{"cien por ciento", "percent 100 percent"},
		{"51,4 porciento", "percent 51.4 percent"},
	})
}

func TestSpanishOrdinals(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"primer", "ordinal 1."},
		{"primera", "ordinal 1."},
		{"primeros reportes", "ordinal 1."},
		{"atribuyeron primero", "ordinal 1."},
		{"tercer país", "ordinal 3."},
		{"terceros países", "ordinal 3."},
		{"segunda", "ordinal 2."},
		{"un segundo instrumento", "ordinal 2."},
		{"21.º", "ordinal 21."},
		{"1ª", "ordinal 1."},
		{"3er lugar", "ordinal 3."},
		{"vigésimo primero", "ordinal 21."},
		{"siglo XIX", "ordinal 19. century"},
		{"cuarto", "ordinal 4."},
	})
}

func TestSpanishDecades(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"década de 1990", "decade 1990s"},
		{"los años noventa", "decade 1990s"},
		{"años 90", "decade 1990s"},
		{"los años 1990", "decade 1990s"},
		{"la década de los noventa", "decade 1990s"},
		{"década del 90", "decade 1990s"},
		{"principios de los años noventa", "decade early 1990s"},
		{"a principios de la década de 1990", "decade early 1990s"},
	})
}

func TestSpanishTimes(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"2 de la tarde", "time 14:00"},
		{"las dos de la tarde", "time 14:00"},
		{"las dos y media de la tarde", "time 14:30"},
		{"tres menos cuarto de la tarde", "time 14:45"},
		{"14:00", "time 14:00"},
		{"14h00", "time 14:00"},
		{"14h30", "time 14:30"},
		{"14:00 horas", "time 14:00"},
		{"a las 14 horas", "time 14:00"},
		{"2 p. m.", "time 14:00"},
		{"2 pm", "time 14:00"},
		{"8 de la noche", "time 20:00"},
		{"12 de la noche", "time 00:00"},
		{"3 de la madrugada", "time 03:00"},
		{"once de la mañana", "time 11:00"},
		{"mediodía", "time 12:00"},
		{"medianoche", "time 00:00"},
	})
}

func TestSpanishFractionsAndScores(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"dos tercios", "fraction 2/3"},
		{"un tercio de", "fraction 1/3"},
		{"la mitad", "fraction 1/2"},
		{"tercera parte", "fraction 1/3"},
		{"tres cuartas partes", "fraction 3/4"},
		{"un cuarto de hora", "fraction 1/4"},
		{"54 a 45", "score 54:45"},
		{"54 votos a 45", "score 54:45"},
		{"54 votos contra 45", "score 54:45"},
		{"siete votos contra tres", "score 7:3"},
		{"de 227.000 a 3.448", "number 227000; number 3448"},
	})
}

func TestSpanishLabels(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"decreto 98", "number decree 98"},
		{"decreto ejecutivo N.º 98", "number decree 98"},
		{"decretos ejecutivos 164 y 165", "number decree 164; number decree 165"},
		{"Artículo 79", "number article 79"},
		{"art. 79", "number article 79"},
		{"sección 219", "number section 219"},
		{"Orden Ejecutiva 14059", "number order 14059"},
		{"cargo uno", "number count 1"},
		{"cargos dos, tres y cuatro", "number count 2; number count 3; number count 4"},
		{"núm. 5", "number number 5"},
		{"los artículos 4 y 5", "number article 4; number article 5"},
	})
}

func TestSpanishTraps(t *testing.T) {
	runTable(t, knowledge.Spanish, [][2]string{
		{"un país", ""},
		{"una persona", ""},
		{"uno de los", ""},
		{"uno dice", ""},
		{"miles de", ""},
		{"cientos", ""},
		{"varios millones", ""},
		{"por ciento", ""},
		{"las 24 horas", ""},
		{"las veinticuatro horas", ""},
		{"ECU 911", ""},
		{"MS-13", ""},
		{"25-114", ""},
		{"EE. UU.", ""},
		{"cuarto de baño", ""},
		{"en las 24 horas siguientes", "number 24 hour"},
	})
}
