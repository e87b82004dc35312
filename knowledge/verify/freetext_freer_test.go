package verify

import (
	"testing"

	"enlace/knowledge"
)

// freerTexts are worded more freely than the facts. What is right in them is not always proved: the proof would have to
// know that "term" is "current term". What is false in them must never be supported.
var freerTexts = map[knowledge.Lang]map[Finding][]string{
	knowledge.English: {
		Supported: {
			"The United States and Ecuador signed the memorandum on July 31, 2025.",
			"The memorandum was signed in Quito during Noem's visit.",
			"Under the memorandum, an Ecuadorian police liaison will be embedded in CBP's National Targeting Center.",
			"Reimberg said the United States will also post a liaison officer who stays in Ecuador.",
			"On July 20, 2025, Fito was handed to US officials at Guayaquil's airport.",
			"Fito's extradition took twelve days from the formal request to the handover.",
			"Rubio visited Quito on September 4, 2025.",
			"Noboa attended Trump's first 'Shield of the Americas' summit in Doral on March 7, 2026.",
			"No source consulted names the Ecuadorian officer assigned to the NTC.",
			"Fito was found in a concealed underground bunker beneath a luxury house on June 25, 2025.",
			"A superseding indictment added Topo and Churrón as co-defendants.",
			"Judge Vera Scanlon ordered Fito held until trial at the Metropolitan Detention Center in Brooklyn.",
			"The case is assigned to District Judge Frederic Block.",
			"Darío Peñafiel, alias Topo, was captured in Tena on September 13, 2025.",
			"The US offered up to $5 million for information leading to the arrest or conviction of Churrón.",
			"Two prison guards were charged over Fito's escape.",
			"Ecuador offered a reward of one million dollars for information leading to Fito's capture.",
			"The State Department designated Los Choneros as a Foreign Terrorist Organization.",
			"Ecuador voted on the extradition amendment on April 21, 2024.",
			"Ecuadorians approved nine of the eleven questions in April 2024.",
			"Kristi Noem was Secretary of Homeland Security when the memorandum was signed.",
			"Trump announced on March 5, 2026 that Noem was being replaced.",
			"Daniel Noboa took office in November 2023 and was re-elected in April 2025.",
			"Noboa's term runs until May 2029.",
			"Los Lobos is an Ecuadorian gang and a rival of Los Choneros.",
			"SNAI runs Ecuador's prisons.",
			"MDC Brooklyn is the federal jail where Fito has been held since July 2025, according to reports.",
			"Fito was born on September 30, 1979, according to Interpol.",
			"Ecuador was the last stop of Noem's tour, after Argentina and Chile.",
			"DHS says the liaison's mission is to interdict dangerous travelers, including terrorists, as well as illicit cargo.",
			"GAO describes the NTC as CBP's primary unit for analyzing traveler data.",
			"It is not known whether the memorandum is legally binding.",
			"Noem and Noboa met behind closed doors, according to Europa Press.",
			"Noem signed a letter of intent with Chile on BITMAP in Santiago.",
			"Noem's predecessor, Alejandro Mayorkas, visited Quito in December 2022.",
			"In April 2018 Ecuador signed a memorandum with the DEA and ICE.",
			"Noboa ratified the agreements through executive decrees 164 and 165.",
			"The status-of-forces agreement gives US personnel privileges and immunities.",
			"Noem returned to Ecuador in November 2025 and toured air bases in Manta and Salinas.",
			"The memorandum neither establishes a military base nor deploys troops.",
			"The NTC was created in response to the attacks of September 11, 2001.",
			"The NTC split its work into passenger and cargo branches in 2007.",
			"About 200 police and military personnel took part in the operation, authorities said.",
			"A seven-count indictment against Fito was made public on April 2, 2025.",
			"Count six alleges that Fito smuggled firearms out of the United States.",
			"Ecuador's National Court received the US request on July 8, 2025.",
			"Armed men stormed TC Televisión during a live broadcast on January 9, 2024.",
			"Thirteen people were arrested.",
			"Judge Daniella Camacho led the court from January 12, 2026.",
		},
		Contradicted: {
			"The United States and Ecuador signed the memorandum on August 31, 2025.",
			"The agreement runs for 36 months, Ecuador's government said.",
			"Fito was captured in Guayaquil on June 25, 2025.",
			"Fito's extradition took twenty days from the formal request to the handover.",
			"Fito has been convicted in the US case.",
			"Voters lifted Ecuador's ban on foreign military bases.",
			"Rubio visited Quito on October 4, 2025.",
			"Topo was captured in Quito on September 13, 2025.",
			"The US offered up to 10 million dollars for information on Churrón.",
			"The US case against Fito is assigned to District Judge Vera Scanlon.",
			"Ecuadorians approved all eleven questions in the April 2024 vote.",
			"Markwayne Mullin was confirmed as Homeland Security secretary by the Senate, 64 to 45.",
			"Los Lobos is an ally of Los Choneros.",
			"Fito led Los Choneros from 2020 to 2025.",
			"Fito was recaptured after about 27 months at large.",
			"The July 2025 memorandum was made with the FBI.",
			"The NTC was created in response to the September 11, 2005, attacks.",
			"Noem announced that the United States and Ecuador would not share biometric information.",
			"A nine-count indictment against Fito was made public in Brooklyn federal court on April 2, 2025.",
			"Fernando Villavicencio was assassinated in Guayaquil on August 9, 2023.",
			"Fito ordered the murder of Fernando Villavicencio.",
			"Noem signed a letter of intent with Chile on BITMAP on July 29, 2025.",
			"Noem's predecessor Alejandro Mayorkas visited Guayaquil on December 7–8, 2022.",
			"In April 2018 Ecuador signed a memorandum with the FBI.",
			"Noboa ratified the agreements through executive decrees 110 and 111.",
			"Rubio announced 13.5 billion dollars in security assistance.",
			"The NTC split its work into passenger and cargo branches in 2010.",
			"Count six proves that Fito smuggled firearms out of the United States.",
			"The National Court of Justice rejected the US request to extradite Fito.",
			"Three prison guards were charged over the escape of Fito.",
			"Decree 111 labelled 32 groups as terrorist organisations.",
			"The National Electoral Council did not proclaim the referendum results.",
		},
		NotCovered: {
			"The agreement includes a budget of 12 million dollars for training.",
			"China protested against the agreement.",
			"Noem will return to Quito next spring.",
			"Fito is writing a book about his life.",
			"The Ecuadorian economy grew by 2 percent in 2025.",
			"Guayaquil is the largest port of Ecuador.",
			"The extradition of Fito cost 300,000 dollars.",
			"Brooklyn has more than two million inhabitants.",
			"The liaison officer will be a woman.",
			"Peru has signed a similar memorandum with the FBI.",
			"CBP employs 60,000 people.",
			"Fito's lawyer was paid by the cartel.",
			"The drones will be built in Texas.",
			"Judge Block has presided over more than a hundred trials.",
			"The bunker had a swimming pool.",
			"The FBI opened an office in Bolivia.",
			"Santiago is colder than Quito in July.",
			"The treaty of 1872 was written in French.",
		},
	},
	knowledge.Spanish: {
		Supported: {
			"Estados Unidos y Ecuador firmaron el memorando el 31 de julio de 2025.",
			"El memorando se firmó en Quito durante la visita de Kristi Noem.",
			"Un enlace de la Policía ecuatoriana será incorporado al Centro Nacional de Focalización.",
			"Fito fue entregado a funcionarios de Estados Unidos en el aeropuerto de Guayaquil el 20 de julio de 2025.",
			"La extradición de Fito tomó 12 días.",
			"El electorado ecuatoriano mantuvo la prohibición de bases militares extranjeras el 16 de noviembre de 2025.",
			"Marco Rubio visitó Quito en septiembre de 2025.",
			"Ninguna fuente consultada da el nombre del oficial ecuatoriano asignado al NTC.",
			"Fito fue hallado en un búnker bajo una casa de lujo.",
			"La jueza Vera Scanlon ordenó que Fito permanezca detenido hasta el juicio.",
			"El caso está asignado al juez Frederic Block.",
			"Darío Peñafiel, alias Topo, fue capturado en Tena el 13 de septiembre de 2025.",
			"Dos guías penitenciarios fueron procesados por la fuga de Fito.",
			"El Departamento de Estado designó a Los Choneros como organización terrorista extranjera.",
			"Ecuador votó la enmienda sobre extradición el 21 de abril de 2024.",
			"Los ecuatorianos aprobaron nueve de las once preguntas.",
			"Kristi Noem era secretaria de Seguridad Nacional cuando se firmó el memorando.",
			"Daniel Noboa asumió en noviembre de 2023 y fue reelegido en abril de 2025.",
			"Los Lobos es una banda ecuatoriana, rival de Los Choneros.",
			"El SNAI administra las cárceles del Ecuador.",
			"Fito nació el 30 de septiembre de 1979, según Interpol.",
			"El DHS señala que la misión del enlace es interceptar a viajeros peligrosos, incluidos terroristas, y cargamentos ilícitos.",
			"Según Europa Press, la reunión entre Noem y Noboa se hizo a puerta cerrada.",
			"El NTC se creó como respuesta a los atentados del 11 de septiembre de 2001.",
			"Ecuador fue la última parada de la gira sudamericana de Noem.",
			"Noem firmó con Chile una carta de intención sobre BITMAP en Santiago.",
			"Alejandro Mayorkas visitó Quito en diciembre de 2022.",
			"En abril de 2018, Ecuador firmó un memorando con la DEA y el ICE.",
			"Noboa ratificó los acuerdos mediante los decretos ejecutivos 164 y 165.",
			"Rubio anunció 13,5 millones de dólares en asistencia de seguridad.",
			"El NTC separó su trabajo en pasajeros y carga en 2007.",
			"Unos 200 policías y militares participaron en el operativo, según las autoridades.",
			"Una acusación de siete cargos contra Fito se hizo pública el 2 de abril de 2025.",
			"Hombres armados irrumpieron en TC Televisión el 9 de enero de 2024.",
			"El presidente de la Corte Nacional de Justicia es la autoridad central en materia de extradición.",
			"La jueza Daniella Camacho dirigió provisionalmente la Corte Nacional de Justicia desde el 12 de enero de 2026.",
			"Noboa asistió a la primera cumbre Escudo de las Américas en Doral.",
		},
		Contradicted: {
			"Estados Unidos y Ecuador firmaron el memorando el 30 de julio de 2025.",
			"El acuerdo tiene una vigencia de 36 meses, informó el Gobierno ecuatoriano.",
			"La extradición de Fito tomó veinte días.",
			"Fito ya fue condenado en el caso de EE. UU.",
			"El electorado ecuatoriano levantó la prohibición de bases militares extranjeras.",
			"Marco Rubio visitó Quito el 14 de septiembre de 2025.",
			"Topo fue capturado en Quito el 13 de septiembre de 2025.",
			"EE. UU. ofreció hasta 10 millones de dólares por información sobre Churrón.",
			"El caso de EE. UU. contra Fito está asignado a la jueza Vera Scanlon.",
			"Los ecuatorianos aprobaron las once preguntas en abril de 2024.",
			"Los Lobos es una banda aliada de Los Choneros.",
			"Fito dirigió Los Choneros entre 2020 y 2025.",
			"El memorando de julio de 2025 se hizo con el FBI.",
			"El NTC se creó como respuesta a los atentados del 11 de septiembre de 2011.",
			"Una acusación de nueve cargos contra Fito se hizo pública en la corte federal de Brooklyn.",
			"Fernando Villavicencio fue asesinado en Guayaquil el 9 de agosto de 2023.",
			"El memorando de julio de 2025 fue la base de la extradición de Fito.",
			"Fito se fugó de la cárcel La Roca en 2015 junto con otros 17 reos.",
			"En abril de 2018, Ecuador firmó un memorando con el FBI.",
			"Rubio anunció 13.500 millones de dólares en asistencia de seguridad.",
			"Noem recorrió con Noboa bases aéreas en Manta y Guayaquil.",
			"Tres guías penitenciarios fueron procesados por la fuga de Fito.",
			"El decreto 111 calificó como terroristas a 32 grupos.",
			"El cargo seis demuestra que Fito contrabandeó armas.",
		},
		NotCovered: {
			"El acuerdo incluye un presupuesto de 12 millones de dólares para capacitación.",
			"China protestó contra el acuerdo.",
			"Fito escribe un libro sobre su vida.",
			"La economía ecuatoriana creció 2 por ciento en 2025.",
			"Guayaquil es el mayor puerto del Ecuador.",
			"La extradición de Fito costó 300.000 dólares.",
			"El oficial de enlace será una mujer.",
			"Perú firmó un memorando parecido con el FBI.",
			"La CBP emplea a 60.000 personas.",
			"El búnker tenía una piscina.",
			"Los drones se fabricarán en Texas.",
			"Noem escribió un segundo libro.",
			"El tratado de 1872 se escribió en francés.",
			"Camacho fue profesora universitaria.",
		},
	},
}

// rightOfFreer is the share of right findings that freer texts must reach.
const rightOfFreer = 0.8

func TestCheckOfFreerTextsErrsOnTheSafeSide(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		right, all := 0, 0
		for want, texts := range freerTexts[l] {
			for _, text := range texts {
				got := v.Check(text, l, likely(b, l))[0]
				all++
				if got.Finding == want {
					right++
					continue
				}
				t.Logf("%s: %s, want %s: %s\n\t%v %v", l, got.Finding, want, text, got.Verdict, got.Conflicts)
				if got.Finding == Supported {
					t.Errorf("%s: supported, but %s: %s (%v)", l, want, text, got.Verdict)
				}
			}
		}
		t.Logf("%s: %d of %d right", l, right, all)
		if float64(right) < rightOfFreer*float64(all) {
			t.Errorf("%s: only %d of %d right", l, right, all)
		}
	}
}
