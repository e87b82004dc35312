package search_test

import "enlace/knowledge"

// smallBase is a part of the shipped base, with some phrasings for each fact.
func smallBase() *knowledge.Base {
	return knowledge.NewBase("small", smallTopics, nil, smallEntities, smallFacts)
}

var smallTopics = []knowledge.Topic{
	{ID: "mou", Title: knowledge.Text{EN: "The memorandum", ES: "El memorando"}},
}

var smallEntities = []knowledge.Entity{
	{ID: "alejandro-davalos", Kind: "person", Name: "Alejandro Dávalos", Aliases: []string{"Dávalos"}},
	{ID: "alexei-schacht", Kind: "person", Name: "Alexei Schacht", Aliases: []string{"Schacht"}},
	{ID: "asamblea-nacional", Kind: "organisation", Name: "National Assembly of Ecuador", Aliases: []string{"National Assembly", "Asamblea Nacional", "Asamblea", "Ecuador's National Assembly", "the Assembly"}},
	{ID: "brooklyn", Kind: "place", Name: "Brooklyn", Aliases: []string{}},
	{ID: "cancilleria", Kind: "organisation", Name: "Foreign Ministry of Ecuador", Aliases: []string{"Foreign Ministry", "Cancillería", "Ministerio de Relaciones Exteriores"}},
	{ID: "carondelet", Kind: "place", Name: "Carondelet Palace", Aliases: []string{"Carondelet", "Carondelet presidential palace", "Palacio de Carondelet", "palacio de Carondelet"}},
	{ID: "cbp", Kind: "organisation", Name: "U.S. Customs and Border Protection", Aliases: []string{"CBP", "Customs and Border Protection", "US Customs and Border Protection", "US Customs", "Oficina de Aduanas y Protección Fronteriza", "Aduanas y Protección Fronteriza", "Aduanas y Protección Fronteriza de Estados Unidos"}},
	{ID: "corte-constitucional", Kind: "organisation", Name: "Constitutional Court of Ecuador", Aliases: []string{"Constitutional Court", "Corte Constitucional"}},
	{ID: "corte-nacional", Kind: "organisation", Name: "National Court of Justice", Aliases: []string{"CNJ", "Corte Nacional de Justicia", "Corte Nacional", "National Court", "Ecuador's National Court of Justice", "Corte Nacional de Justicia de Ecuador"}},
	{ID: "daniel-noboa", Kind: "person", Name: "Daniel Noboa", Aliases: []string{"Noboa", "President Noboa", "presidente Noboa", "President Daniel Noboa", "presidente Daniel Noboa"}},
	{ID: "dhs", Kind: "organisation", Name: "U.S. Department of Homeland Security", Aliases: []string{"DHS", "Department of Homeland Security", "US Department of Homeland Security", "Homeland Security", "Departamento de Seguridad Nacional", "Departamento de Seguridad Nacional de Estados Unidos", "Seguridad Nacional"}},
	{ID: "ecuador", Kind: "place", Name: "Ecuador", Aliases: []string{}},
	{ID: "edny", Kind: "organisation", Name: "Eastern District of New York", Aliases: []string{"EDNY", "Distrito Este de Nueva York", "Brooklyn federal court", "tribunal federal de Brooklyn", "corte federal de Brooklyn", "Distrito Este", "Eastern District"}},
	{ID: "fito", Kind: "person", Name: "José Adolfo Macías Villamar", Aliases: []string{"Fito", "alias Fito", "José Adolfo Macías", "Adolfo Macías Villamar", "Adolfo Macías", "Macías Villamar", "Macías"}},
	{ID: "frederic-block", Kind: "person", Name: "Frederic Block", Aliases: []string{"Block", "Judge Block", "juez Block", "Judge Frederic Block"}},
	{ID: "gabriela-sommerfeld", Kind: "person", Name: "Gabriela Sommerfeld", Aliases: []string{"Sommerfeld"}},
	{ID: "gian-carlo-loffredo", Kind: "person", Name: "Gian Carlo Loffredo", Aliases: []string{"Loffredo"}},
	{ID: "guayaquil", Kind: "place", Name: "Guayaquil", Aliases: []string{}},
	{ID: "interpol", Kind: "organisation", Name: "Interpol", Aliases: []string{}},
	{ID: "john-reimberg", Kind: "person", Name: "John Reimberg", Aliases: []string{"Reimberg", "Minister Reimberg", "ministro Reimberg", "Interior Minister Reimberg", "Interior Minister John Reimberg", "Jhon Reimberg", "Reinberg", "John Reinberg"}},
	{ID: "jose-suing", Kind: "person", Name: "José Suing", Aliases: []string{"Suing"}},
	{ID: "kristi-noem", Kind: "person", Name: "Kristi Noem", Aliases: []string{"Noem", "Secretary Noem", "secretaria Noem", "Secretary Kristi Noem", "la Noem"}},
	{ID: "la-roca", Kind: "place", Name: "La Roca", Aliases: []string{"La Roca prison", "cárcel La Roca", "cárcel de La Roca", "prisión La Roca"}},
	{ID: "los-choneros", Kind: "organisation", Name: "Los Choneros", Aliases: []string{"Choneros", "the Choneros"}},
	{ID: "manta", Kind: "place", Name: "Manta", Aliases: []string{}},
	{ID: "markwayne-mullin", Kind: "person", Name: "Markwayne Mullin", Aliases: []string{"Mullin", "Secretary Mullin", "secretario Mullin"}},
	{ID: "ministerio-del-interior", Kind: "organisation", Name: "Interior Ministry of Ecuador", Aliases: []string{"Interior Ministry", "Ministry of the Interior", "Ministerio del Interior", "Ecuador's Interior Ministry"}},
	{ID: "national-targeting-center", Kind: "organisation", Name: "National Targeting Center", Aliases: []string{"NTC", "CBP's National Targeting Center", "Centro Nacional de Focalización", "Centro Nacional de Focalización (NTC)", "targeting center", "centro de focalización"}},
	{ID: "office-of-field-operations", Kind: "organisation", Name: "Office of Field Operations", Aliases: []string{"OFO", "Oficina de Operaciones de Campo"}},
	{ID: "quito", Kind: "place", Name: "Quito", Aliases: []string{}},
	{ID: "santa-ana", Kind: "place", Name: "Santa Ana", Aliases: []string{}},
	{ID: "united-states", Kind: "place", Name: "United States", Aliases: []string{"US", "U.S.", "USA", "U.S.A.", "United States of America", "America", "EE. UU.", "EE.UU.", "EEUU", "EE UU", "Estados Unidos", "Estados Unidos de América", "Washington", "the States", "gringos", "Yoni"}},
}

var smallFacts = []knowledge.Fact{
	{
		ID: "mou-signing-date", Topic: "mou", Status: "official",
		Text: knowledge.Text{
			EN: "The United States and Ecuador signed the police-liaison memorandum of understanding on Thursday, July 31, 2025.",
			ES: "Estados Unidos y Ecuador firmaron el memorando de entendimiento sobre enlaces policiales el jueves 31 de julio de 2025.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"united-states", "ecuador"},
		Asks: knowledge.Texts{
			EN: []string{"When was the US–Ecuador police deal actually inked?", "what day did they put pen to paper", "was it late july or early august when they closed the deal"},
			ES: []string{"¿En qué fecha se suscribió el convenio policial con los estadounidenses?", "que dia firmaron lo del policia de enlace", "fecha del memorando"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"It was signed on August 1, 2025", "they signed it in june 2025", "The police deal dates from 2024"},
			ES: []string{"Se firmó el 1 de agosto de 2025", "lo firmaron en junio de 2025", "El convenio policial es de 2024"},
		},
	},
	{
		ID: "mou-place", Topic: "mou", Status: "reported",
		Text: knowledge.Text{
			EN: "The July 2025 liaison memorandum was signed in Quito during Kristi Noem's visit to the Carondelet presidential palace.",
			ES: "El memorando de enlaces de julio de 2025 se firmó en Quito, durante la visita de Kristi Noem al Palacio de Carondelet.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"quito", "carondelet", "kristi-noem"},
		Asks: knowledge.Texts{
			EN: []string{"Where was the police pact signed?", "what city hosted the signing ceremony", "was it signed in dc or down in ecuador"},
			ES: []string{"¿En qué ciudad se llevó a cabo la ceremonia?", "donde fue la firma", "¿Lo suscribieron aquí o allá en Washington?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"It was signed in Washington", "they signed it at the white house", "the signing was in guayaquil"},
			ES: []string{"Se firmó en Washington", "lo firmaron en la Casa Blanca", "la firma fue en Guayaquil"},
		},
	},
	{
		ID: "mou-who-signed", Topic: "mou", Status: "official",
		Text: knowledge.Text{
			EN: "According to DHS, the July 2025 memorandum was signed by Secretary Kristi Noem and Ecuador's interior minister, John Reimberg.",
			ES: "Según el DHS, el memorando de julio de 2025 lo firmaron la secretaria Kristi Noem y el ministro del Interior de Ecuador, John Reimberg.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"kristi-noem", "john-reimberg", "dhs"},
		Asks: knowledge.Texts{
			EN: []string{"Whose signatures are on the memorandum?", "who put their name on it", "who signed for ecuador"},
			ES: []string{"¿Quiénes estamparon su rúbrica en el convenio?", "quien puso la firma por ecuador", "quien firmo por los gringos"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Noboa signed it", "Noem and Noboa signed the deal", "why did President Noboa sign the memorandum"},
			ES: []string{"Lo firmó Noboa", "Noem y Noboa firmaron el acuerdo", "por qué el presidente firmó el memorando"},
		},
	},
	{
		ID: "mou-noboa-signed-claim", Topic: "mou", Status: "disputed",
		Text: knowledge.Text{
			EN: "Some outlets reported that President Daniel Noboa himself signed the July 2025 agreement, which conflicts with the DHS account naming Reimberg.",
			ES: "Algunos medios informaron que el propio presidente Daniel Noboa firmó el acuerdo de julio de 2025, lo que contradice la versión del DHS, que nombra a Reimberg.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"daniel-noboa", "john-reimberg"},
		Asks: knowledge.Texts{
			EN: []string{"Why do some papers have the president signing?", "how come half the articles have noboa as the signer", "Is the story about Noboa's signature wrong?"},
			ES: []string{"¿Por qué ciertos diarios ponen al presidente como firmante?", "unos dicen que firmo noboa y otros que el ministro, a quien le creo", "es falso lo de la firma del presi?"},
		},
	},
	{
		ID: "mou-arrival", Topic: "mou", Status: "reported",
		Text: knowledge.Text{
			EN: "Noem landed in Quito on July 30, 2025, and was met at the airport by vice-minister Alejandro Dávalos.",
			ES: "Noem llegó a Quito el 30 de julio de 2025 y fue recibida en el aeropuerto por el viceministro Alejandro Dávalos.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 30}},
		Entities: []knowledge.EntityID{"kristi-noem", "alejandro-davalos"},
		Asks: knowledge.Texts{
			EN: []string{"When did Noem get to Ecuador?", "who picked her up at the airport", "what day did her plane touch down"},
			ES: []string{"¿Cuándo aterrizó Noem?", "quien la fue a ver al aeropuerto", "que dia llego la gringa al pais"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Noboa met Noem at the airport", "she landed in guayaquil", "Noem got there on July 31"},
			ES: []string{"Noboa la recibió en el aeropuerto", "aterrizó en Guayaquil", "Noem llegó el 31 de julio"},
		},
	},
	{
		ID: "mou-attendees", Topic: "mou", Status: "reported",
		Text: knowledge.Text{
			EN: "Ministers Gabriela Sommerfeld, John Reimberg and Gian Carlo Loffredo took part in Noboa's meeting with Noem on July 31, 2025.",
			ES: "En la reunión de Noboa con Noem del 31 de julio de 2025 participaron los ministros Gabriela Sommerfeld, John Reimberg y Gian Carlo Loffredo.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"gabriela-sommerfeld", "john-reimberg", "gian-carlo-loffredo", "daniel-noboa", "kristi-noem"},
		Asks: knowledge.Texts{
			EN: []string{"Who sat in on the meeting with the president?", "which cabinet members were in the room", "was the defense minister there too"},
			ES: []string{"¿Quiénes acompañaron al presidente en la cita?", "que ministros estuvieron en la sala", "la canciller tambien fue?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Trump attended the meeting with Noboa in Quito", "Rubio was at the July meeting", "The defence minister wasn't there"},
			ES: []string{"Trump estuvo en la reunión con Noboa en Quito", "Rubio participó en la cita de julio", "el ministro de Defensa no asistió"},
		},
	},
	{
		ID: "mou-no-ratification-reported", Topic: "mou", Status: "reported",
		Text: knowledge.Text{
			EN: "No source consulted reports that the July 2025 administrative agreement went to Ecuador's National Assembly or Constitutional Court for approval.",
			ES: "Ninguna fuente consultada informa que el acuerdo administrativo de julio de 2025 haya pasado por la Asamblea Nacional o la Corte Constitucional del Ecuador para su aprobación.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"asamblea-nacional", "corte-constitucional"},
		Asks: knowledge.Texts{
			EN: []string{"Did the Assembly vote on it?", "did congress there sign off on the pact", "did anybody ratify the liaison memo"},
			ES: []string{"¿Lo aprobó la Asamblea?", "los asambleistas votaron eso o se lo saltaron", "alguien ratifico lo de los enlaces?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"The National Assembly ratified the memorandum", "the Constitutional Court approved the July 2025 agreement", "congress voted for the noem deal"},
			ES: []string{"La Asamblea ratificó el memorando", "la Corte Constitucional aprobó el acuerdo de julio de 2025", "los asambleístas votaron el convenio de Noem"},
		},
	},
	{
		ID: "mou-not-basis-of-fito-extradition", Topic: "mou", Status: "reported",
		Text: knowledge.Text{
			EN: "The July 31, 2025, memorandum was not the basis for extraditing 'Fito', who had been handed over eleven days earlier.",
			ES: "El memorando del 31 de julio de 2025 no fue la base de la extradición de Fito, entregado once días antes.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 20}, {Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"Was the kingpin shipped off because of that pact?", "did the liaison deal get fito extradited", "which came first, fito's handover or the noem accord"},
			ES: []string{"¿Se llevaron al capo gracias a ese convenio?", "por el acuerdo policial lo extraditaron a fito?", "que fue primero, la entrega de fito o la firma de noem"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito was extradited under the july memorandum", "The police pact is why they could ship Fito to the US", "he was sent up after the memo was signed"},
			ES: []string{"a Fito lo extraditaron por el memorando de julio", "El convenio policial permitió llevarse a Fito", "lo mandaron después de firmar el acuerdo"},
		},
	},
	{
		ID: "mou-biometric-modalities", Topic: "mou", Status: "disputed",
		Text: knowledge.Text{
			EN: "A vendor blog says Ecuador and the United States will share fingerprints, iris scans and facial data, but no official source consulted specifies the data types.",
			ES: "Un blog empresarial afirma que Ecuador y Estados Unidos compartirán huellas, iris y rostro, pero ninguna fuente oficial consultada precisa los tipos de datos.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 8, Day: 4}},
		Entities: []knowledge.EntityID{"ecuador"},
		Asks: knowledge.Texts{
			EN: []string{"Which kinds of biometrics are we talking about?", "fingerprints only, or face recognition as well", "do they get iris scans too"},
			ES: []string{"¿Qué clase de datos biométricos serían?", "solo huellas o tambien la cara", "el iris tambien entra?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Officials confirmed that iris scans will be shared", "it's official: DNA will be exchanged", "the government published the list of biometric data types"},
			ES: []string{"Está confirmado oficialmente que compartirán el iris", "es oficial que van a intercambiar ADN", "el Gobierno publicó la lista de datos biométricos"},
		},
	},
	{
		ID: "extradition-consent", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "'Fito' accepted extradition before National Court president José Suing at a hearing by video link on July 11, 2025.",
			ES: "Fito aceptó la extradición ante el presidente de la Corte Nacional, José Suing, en una audiencia telemática del 11 de julio de 2025.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 11}},
		Entities: []knowledge.EntityID{"fito", "jose-suing", "corte-nacional"},
		Asks: knowledge.Texts{
			EN: []string{"did he fight the extradition or go along with it", "Why didn't he contest being sent to the US?", "when did fito say yes to going"},
			ES: []string{"acepto irse o lo obligaron", "¿Cuándo dijo que sí a la extradición?", "fue por zoom la audiencia"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito fought his extradition", "he was extradited against his will", "he refused to go to the us"},
			ES: []string{"fito se opuso a la extradición", "lo extraditaron a la fuerza", "se negó a irse a estados unidos"},
		},
	},
	{
		ID: "extradition-request", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "Ecuador's National Court of Justice received the formal US request to extradite 'Fito' on July 8, 2025, through the Foreign Ministry.",
			ES: "La Corte Nacional de Justicia recibió el pedido formal de EE. UU. para extraditar a Fito el 8 de julio de 2025, por vía de la Cancillería.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 8}},
		Entities: []knowledge.EntityID{"corte-nacional", "cancilleria", "fito"},
		Asks: knowledge.Texts{
			EN: []string{"when did washington formally ask for him", "how did the american petition reach ecuador's judges", "date the us asked for the extradition"},
			ES: []string{"cuando lo pidieron los gringos oficialmente", "¿Por qué vía llegó la solicitud de extradición?", "fecha en que usa lo solicitó"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"the us asked for him on june 7", "The US request arrived on July 9", "the us never filed a formal request for fito"},
			ES: []string{"el pedido llegó el 7 de junio", "la solicitud de EE. UU. llegó el 9 de julio", "los gringos nunca lo pidieron formalmente"},
		},
	},
	{
		ID: "extradition-handover", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "On Sunday, July 20, 2025, 'Fito' was taken from La Roca and handed to US officials at Guayaquil's airport.",
			ES: "El domingo 20 de julio de 2025, Fito fue sacado de La Roca y entregado a funcionarios de EE. UU. en el aeropuerto de Guayaquil.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 20}},
		Entities: []knowledge.EntityID{"fito", "la-roca", "guayaquil"},
		Asks: knowledge.Texts{
			EN: []string{"so did they actually ship him off in the end", "When was Fito sent to the United States?", "who took custody of him and where"},
			ES: []string{"a la final si se lo llevaron?", "cuando lo mandaron a la yoni", "¿En qué aeropuerto lo entregaron?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito was deported", "he is still in a prison in ecuador", "he was handed over in quito"},
			ES: []string{"a fito lo deportaron", "sigue preso en ecuador", "lo entregaron en quito"},
		},
	},
	{
		ID: "extradition-indictment-unsealed", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "A seven-count indictment against 'Fito' was made public in Brooklyn federal court on April 2, 2025.",
			ES: "Una acusación de siete cargos contra Fito se hizo pública en la corte federal de Brooklyn el 2 de abril de 2025.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 4, Day: 2}},
		Entities: []knowledge.EntityID{"fito", "edny", "brooklyn"},
		Asks: knowledge.Texts{
			EN: []string{"how many counts is he facing", "When did the charges against Fito come out?", "What did New York prosecutors reveal at the start of April 2025?"},
			ES: []string{"cuantos cargos le pusieron los gringos", "¿En qué tribunal estadounidense lo procesan?", "de q lo acusan alla en total"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"the us only charged him after he was extradited", "he faces three counts", "the indictment comes from a miami court"},
			ES: []string{"los gringos lo acusaron recién después de extraditarlo", "solo enfrenta tres cargos", "la acusación es de una corte de miami"},
		},
	},
	{
		ID: "extradition-count-1", Topic: "", Status: "alleged",
		Text: knowledge.Text{
			EN: "Count one of the US indictment alleges that 'Fito' conspired to distribute cocaine internationally.",
			ES: "El cargo uno de la acusación de EE. UU. atribuye a Fito una presunta asociación ilícita para la distribución internacional de cocaína.",
		},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"what's the first charge against him", "count 1 meaning", "is there a conspiracy charge for the coke"},
			ES: []string{"cual es el primer cargo", "cargo numero 1", "lo acusan de confabularse para mandar coca afuera?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"count one is murder", "the first us charge against fito is terrorism", "the drug in the indictment is fentanyl"},
			ES: []string{"el primer cargo es asesinato", "el primer cargo gringo contra fito es terrorismo", "la droga de la acusación es fentanilo"},
		},
	},
	{
		ID: "extradition-no-laundering-count", Topic: "", Status: "disputed",
		Text: knowledge.Text{
			EN: "Money laundering is not among the seven US counts against 'Fito', although some press reports listed it.",
			ES: "El lavado de activos no figura entre los siete cargos contra Fito en Estados Unidos, aunque algunos reportes de prensa lo mencionaron.",
		},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"Is money laundering one of the US charges?", "did the feds get him for dirty cash too", "laundering is not on the american list right"},
			ES: []string{"lo acusan de lavado los gringos", "¿Entre los cargos de Nueva York hay lavado de dinero?", "por que expreso puso lavado en la lista"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"he's charged with money laundering in new york", "one of the seven us counts is laundering", "count seven is money laundering"},
			ES: []string{"en nueva york lo acusan de lavado de dinero", "uno de los siete cargos gringos es lavado", "el cargo siete es lavado de activos"},
		},
	},
	{
		ID: "extradition-judge-block", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "The US case against 'Fito' is assigned to District Judge Frederic Block, who held the first conference on September 19, 2025.",
			ES: "El caso de EE. UU. contra Fito está asignado al juez federal Frederic Block, que realizó la primera audiencia el 19 de septiembre de 2025.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 9, Day: 19}},
		Entities: []knowledge.EntityID{"frederic-block", "fito"},
		Asks: knowledge.Texts{
			EN: []string{"who's the judge", "Which district judge got the case?", "when was the first status conference"},
			ES: []string{"quien es el juez", "¿A qué juez le tocó el proceso?", "¿Quién presidió la audiencia de septiembre?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"el chapo's judge, brian cogan, has the case", "Judge Scanlon will preside over the trial", "the us case is before judge suing"},
			ES: []string{"el caso lo lleva brian cogan, el juez del chapo", "la jueza Scanlon dirigirá el juicio", "el juez del caso en eeuu es suing"},
		},
	},
	{
		ID: "extradition-presumption", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "In the latest reports consulted (December 2025), 'Fito' had not been convicted in the US case and was presumed innocent of its charges.",
			ES: "En los últimos reportes consultados (diciembre de 2025), Fito no había sido condenado en el caso de EE. UU. y se presumía inocente de esos cargos.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 12}},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"is he guilty", "Has he been convicted in New York?", "was he found guilty over there"},
			ES: []string{"es culpable o que", "¿Ya lo condenaron los gringos?", "le dictaron sentencia en usa?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito was convicted in the us", "when was he convicted in brooklyn", "a us jury found him guilty"},
			ES: []string{"ya lo condenaron en estados unidos", "cuándo lo sentenciaron los gringos", "un jurado gringo lo declaró culpable"},
		},
	},
	{
		ID: "extradition-penalty-minimum", Topic: "", Status: "disputed",
		Text: knowledge.Text{
			EN: "Reports differ on the minimum sentence 'Fito' would face if convicted: some give 10 years and others, citing prosecutors, give 20 years.",
			ES: "Los reportes difieren sobre la pena mínima que enfrentaría Fito en caso de condena: unos citan 10 años y otros, con base en la Fiscalía, citan 20 años.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 21}},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"whats the least he could get", "Minimum sentence: ten or twenty?", "lowest number of years he's looking at if found guilty"},
			ES: []string{"cuanto es lo minimo que le pueden dar", "diez o veinte de minima", "si pierde cuantos años por lo menos"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"there is no minimum sentence for him", "the minimum he faces is five years", "Reports say he faces at least 50 years"},
			ES: []string{"no hay pena mínima para él", "lo mínimo que le pueden dar son cinco años", "la pena mínima es de 50 años"},
		},
	},
	{
		ID: "extradition-held-la-roca", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "On the night of June 25, 2025, 'Fito' was flown to Guayaquil and held in La Roca, a maximum-security prison.",
			ES: "La noche del 25 de junio de 2025, Fito fue trasladado en avión a Guayaquil y recluido en La Roca, cárcel de máxima seguridad.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 6, Day: 25}},
		Entities: []knowledge.EntityID{"fito", "la-roca", "guayaquil"},
		Asks: knowledge.Texts{
			EN: []string{"Where did they lock him up right after the raid?", "which prison held him before the US got him", "did fito go back to la roca"},
			ES: []string{"a que cana lo mandaron apenas lo agarraron", "dónde lo encerraron antes de enviarlo a la yoni", "¿En qué penal esperó la extradición?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"after the 2025 capture he went to the litoral penitentiary", "they flew him straight from the hideout to the us", "he was locked up in quito after his recapture"},
			ES: []string{"después de la captura de 2025 lo llevaron a la penitenciaría del litoral", "se lo llevaron directo del búnker a estados unidos", "lo encerraron en quito tras la recaptura"},
		},
	},
	{
		ID: "people-and-bodies-noem", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "Kristi Noem was U.S. Secretary of Homeland Security when the July 2025 memorandum was signed.",
			ES: "Kristi Noem era secretaria de Seguridad Nacional de Estados Unidos cuando se firmó el memorando de julio de 2025.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"kristi-noem", "dhs"},
		Asks: knowledge.Texts{
			EN: []string{"Who is Kristi Noem?", "whos this noem lady anyway", "noem job title in 2025"},
			ES: []string{"¿Quién es Kristi Noem?", "quien es la noem esa", "que cargo tenia kristi en 2025"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Noem was secretary of state", "noem ran the fbi when the memo was signed", "she was just the governor of south dakota when the pact was signed"},
			ES: []string{"Noem era secretaria de Estado", "noem dirigia el FBI cuando se firmo", "era la embajadora en Quito"},
		},
	},
	{
		ID: "people-and-bodies-reimberg", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "John Reimberg, Ecuador's interior minister, signed the July 2025 memorandum according to DHS and presented it to the press.",
			ES: "John Reimberg, ministro del Interior de Ecuador, firmó el memorando de julio de 2025, según el DHS, y lo presentó a la prensa.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 31}},
		Entities: []knowledge.EntityID{"john-reimberg", "ministerio-del-interior"},
		Asks: knowledge.Texts{
			EN: []string{"Who is John Reimberg?", "the interior guy, whats his name", "reimberg or reinberg, how is it spelled"},
			ES: []string{"¿Quién es John Reimberg?", "el ministro de interior como se llama", "reimberg o reinberg, como se escribe"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"his surname is Reinberg", "Reimberg is the police chief", "reimberg is ecuador's defence minister"},
			ES: []string{"se apellida Reinberg", "Reimberg es el comandante de la Policía", "reimberg es el ministro de defensa"},
		},
	},
	{
		ID: "people-and-bodies-mullin", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "Markwayne Mullin was confirmed as Homeland Security secretary by the Senate, 54 to 45, on March 23, 2026.",
			ES: "Markwayne Mullin fue confirmado por el Senado como secretario de Seguridad Nacional, 54 a 45, el 23 de marzo de 2026.",
		},
		Dates:    []knowledge.Date{{Year: 2026, Month: 3, Day: 23}},
		Entities: []knowledge.EntityID{"markwayne-mullin", "dhs"},
		Asks: knowledge.Texts{
			EN: []string{"Who replaced Noem?", "who is mullin", "whos running homeland security now"},
			ES: []string{"¿Quién reemplazó a Noem?", "quien es mullin", "quien manda ahora en el dhs"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Mullin signed the memorandum with Ecuador", "the senate voted mullin down", "mullin was confirmed unanimously"},
			ES: []string{"Mullin firmó el memorando con Ecuador", "el senado rechazo a mullin", "lo confirmaron por unanimidad"},
		},
	},
	{
		ID: "people-and-bodies-schacht", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "Alexei Schacht is the New York defence lawyer who represents Macías Villamar in the US case.",
			ES: "Alexei Schacht es el abogado de Nueva York que defiende a Macías Villamar en el caso de EE. UU.",
		},
		Dates:    []knowledge.Date{{Year: 2025, Month: 7, Day: 21}},
		Entities: []knowledge.EntityID{"alexei-schacht"},
		Asks: knowledge.Texts{
			EN: []string{"Who is Alexei Schacht?", "fito's lawyer in the us", "who defends the kingpin up there"},
			ES: []string{"¿Quién es Alexei Schacht?", "el abogado de fito en usa", "quien defiende al capo alla"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"Schacht is the prosecutor", "schacht is an Ecuadorian lawyer", "Schacht is the judge in Brooklyn"},
			ES: []string{"Schacht es el fiscal", "schacht es un abogado ecuatoriano", "Schacht es el juez de Brooklyn"},
		},
	},
	{
		ID: "legal-background-def-indictment", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "In US federal courts, an indictment is a formal accusation by a grand jury; it is not a conviction.",
			ES: "En las cortes federales de EE. UU., un indictment es una acusación formal emitida por un gran jurado; no es una condena.",
		},
		Entities: []knowledge.EntityID{"united-states"},
		Asks: knowledge.Texts{
			EN: []string{"What is an indictment?", "does indicted mean guilty", "Who issues an indictment in the US?"},
			ES: []string{"¿Qué es un indictment?", "que quiere decir acusacion formal en usa", "si te acusa un gran jurado ya eres culpable?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"An indictment means he was found guilty", "the judge writes the indictment", "being indicted is the same as being convicted"},
			ES: []string{"Un indictment significa que ya lo hallaron culpable", "el indictment lo escribe el juez", "ser acusado por un gran jurado es lo mismo que ser condenado"},
		},
	},
	{
		ID: "ntc-liaison-what-it-is", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "The National Targeting Center (NTC) is CBP's central hub for spotting high-risk travellers and cargo before they reach the United States.",
			ES: "El Centro Nacional de Focalización (NTC) es el núcleo de la CBP para detectar viajeros y carga de alto riesgo antes de que lleguen a Estados Unidos.",
		},
		Entities: []knowledge.EntityID{"national-targeting-center", "cbp"},
		Asks: knowledge.Texts{
			EN: []string{"What exactly is the National Targeting Center?", "whats the ntc", "ntc meaning"},
			ES: []string{"¿A qué se dedica el Centro Nacional de Focalización?", "que es el ntc", "ntc significado"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"The NTC picks targets for drone strikes", "the targeting center is an army base", "NTC is an FBI office"},
			ES: []string{"El NTC elige blancos para bombardear", "el centro de focalizacion es una base militar", "el NTC es del FBI"},
		},
	},
	{
		ID: "ntc-liaison-parent-office", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "The NTC was set up under CBP's Office of Field Operations.",
			ES: "El NTC se creó bajo la Oficina de Operaciones de Campo de la CBP.",
		},
		Dates:    []knowledge.Date{{Year: 2001, Month: 10, Day: 21}},
		Entities: []knowledge.EntityID{"national-targeting-center", "cbp", "office-of-field-operations"},
		Asks: knowledge.Texts{
			EN: []string{"Which branch of CBP does the targeting hub come under?", "what office was the ntc put under", "is the ntc part of border patrol"},
			ES: []string{"¿De qué dependencia interna de la CBP cuelga el centro?", "bajo que oficina pusieron al ntc", "el ntc es de la patrulla fronteriza?"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"The NTC was created under the Border Patrol", "the ntc started out inside ice", "the center was set up under the coast guard"},
			ES: []string{"El NTC nació dentro de la Patrulla Fronteriza", "el ntc empezo como parte del ICE", "lo crearon bajo la Guardia Costera"},
		},
	},
	{
		ID: "ntc-liaison-established", Topic: "", Status: "official",
		Text: knowledge.Text{
			EN: "A CBP magazine article from 2003 dates the NTC's establishment to October 21, 2001.",
			ES: "Un artículo de la revista de la CBP de 2003 sitúa la creación del NTC el 21 de octubre de 2001.",
		},
		Dates:    []knowledge.Date{{Year: 2001, Month: 10, Day: 21}},
		Entities: []knowledge.EntityID{"national-targeting-center", "cbp"},
		Asks: knowledge.Texts{
			EN: []string{"On what date was the targeting center founded?", "how old is the ntc", "exact day the ntc was set up"},
			ES: []string{"¿En qué fecha se fundó el centro de focalización?", "cuantos años tiene el ntc", "dia exacto en que nacio el ntc"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"The NTC was founded in 2003 together with Homeland Security", "the targeting center was created in 2025", "Trump created the NTC"},
			ES: []string{"El NTC se fundó en 2003 junto con el DHS", "el centro de focalizacion lo crearon en 2025", "Trump creó el NTC"},
		},
	},
	{
		ID: "ntc-liaison-operational-november", Topic: "", Status: "disputed",
		Text: knowledge.Text{
			EN: "Sources differ on when the NTC began: some say October 2001, others November 2001, when it became operational around the clock.",
			ES: "Las fuentes difieren sobre cuándo empezó el NTC: unas dicen octubre de 2001 y otras noviembre de 2001, cuando empezó a operar las veinticuatro horas.",
		},
		Dates:    []knowledge.Date{{Year: 2001, Month: 10}, {Year: 2001, Month: 11}},
		Entities: []knowledge.EntityID{"national-targeting-center"},
		Asks: knowledge.Texts{
			EN: []string{"October or November 2001: which one is the start?", "why do i see two different founding months for the ntc", "when did it go 24/7"},
			ES: []string{"¿Arrancó en octubre o en noviembre?", "por que salen dos meses distintos para el inicio del ntc", "desde cuando trabaja 24/7"},
		},
	},
	{
		ID: "fito-and-choneros-name", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "'Fito' is the alias of José Adolfo Macías Villamar, named by US prosecutors as the principal leader of Los Choneros.",
			ES: "Fito es el alias de José Adolfo Macías Villamar, señalado por fiscales de EE. UU. como principal líder de Los Choneros.",
		},
		Entities: []knowledge.EntityID{"fito", "los-choneros"},
		Asks: knowledge.Texts{
			EN: []string{"Who is Fito?", "whats fitos real name", "full legal name of the choneros boss"},
			ES: []string{"¿Quién es Fito?", "como se llama de verdad el fito", "nombre completo del jefe de los choneros"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito's real name is junior roldán", "Fito is just a gang's name, not a person", "The man they call Fito is Fernando Villavicencio"},
			ES: []string{"fito se llama en realidad junior roldán", "Fito es el apodo de Rasquiña", "fito es el nombre de una banda, no de una persona"},
		},
	},
	{
		ID: "fito-and-choneros-birthdate", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "'Fito' was born on September 30, 1979, according to an Interior Ministry file and Interpol's notice.",
			ES: "Fito nació el 30 de septiembre de 1979, según una ficha del Ministerio del Interior y la difusión de Interpol.",
		},
		Dates:    []knowledge.Date{{Year: 1979, Month: 9, Day: 30}},
		Entities: []knowledge.EntityID{"fito", "interpol"},
		Asks: knowledge.Texts{
			EN: []string{"How old is Fito?", "fito age", "when's the kingpins birthday"},
			ES: []string{"¿Cuántos años tiene Fito?", "edad de fito", "cuando cumple años el capo"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito was born in 1989", "he's over sixty", "Fito was a teenager when he went to prison in 2011"},
			ES: []string{"fito nació en 1989", "tiene más de sesenta años", "Fito era menor de edad cuando cayó preso en 2011"},
		},
	},
	{
		ID: "fito-and-choneros-birthplace", Topic: "", Status: "disputed",
		Text: knowledge.Text{
			EN: "Sources differ on the birthplace of 'Fito': Interpol's notice says Santa Ana, Manabí, while some media say Manta.",
			ES: "Las fuentes difieren sobre el lugar de nacimiento de Fito: la difusión de Interpol dice Santa Ana, Manabí, mientras algunos medios dicen Manta.",
		},
		Entities: []knowledge.EntityID{"fito", "santa-ana", "manta"},
		Asks: knowledge.Texts{
			EN: []string{"Where was Fito born?", "fito hometown", "is he from manta or not"},
			ES: []string{"¿De dónde es Fito?", "donde nacio el capo", "fito es manteño o no"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"he was born in guayaquil", "Fito is Colombian by birth", "everyone agrees he was born in Manta"},
			ES: []string{"nació en guayaquil", "Fito es colombiano de nacimiento", "todos coinciden en que nació en Manta"},
		},
	},
	{
		ID: "fito-and-choneros-2011-sentence", Topic: "", Status: "reported",
		Text: knowledge.Text{
			EN: "'Fito' had been in prison in Ecuador since 2011, serving a cumulative 34-year term, before vanishing in January 2024.",
			ES: "Fito estaba preso en Ecuador desde 2011 y cumplía una pena acumulada de 34 años antes de desaparecer en enero de 2024.",
		},
		Dates:    []knowledge.Date{{Year: 2011}, {Year: 2024, Month: 1}},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"How long was Fito's sentence in Ecuador?", "fito ecuador prison term, how many years", "since when was he behind bars back home"},
			ES: []string{"¿A cuántos años lo sentenciaron en Ecuador?", "condena de fito aca", "desde que año estaba en cana el fito"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"fito was serving a life sentence in ecuador", "he had never been convicted of anything before the US case", "He was doing 24 years"},
			ES: []string{"fito cumplía cadena perpetua en ecuador", "nunca lo habían condenado antes del caso gringo", "Le dieron 24 años"},
		},
	},
	{
		ID: "fito-and-choneros-offences-differ", Topic: "", Status: "disputed",
		Text: knowledge.Text{
			EN: "Sources differ on the convictions behind the 34 years of 'Fito': most say drug trafficking, organised crime and murder; another says two murder cases.",
			ES: "Las fuentes difieren sobre las condenas que suman los 34 años de Fito: la mayoría cita narcotráfico, delincuencia organizada y asesinato; otra, dos casos de asesinato.",
		},
		Dates:    []knowledge.Date{{Year: 2011}},
		Entities: []knowledge.EntityID{"fito"},
		Asks: knowledge.Texts{
			EN: []string{"What was Fito convicted of in Ecuador?", "what crimes is he doing the 34 years for", "did he kill somebody back home or was it just drugs"},
			ES: []string{"¿Por qué delitos estaba preso Fito en Ecuador?", "que hizo para que le den 34 años", "el fito mato a alguien o fue solo por droga"},
		},
		Corrects: knowledge.Texts{
			EN: []string{"he was jailed in Ecuador only for stealing cars", "all the sources give the same crimes for his 34 years", "the 34 years were for escaping"},
			ES: []string{"en Ecuador lo condenaron solo por robar carros", "todas las fuentes dan los mismos delitos por los 34 años", "los 34 años fueron por fugarse"},
		},
	},
}
