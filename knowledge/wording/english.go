package wording

// english holds the English lists, by class.
var english = [classCount]string{
	Allegation: `
		alleg(e|es|ed|ing|edly|ation|ations), accus(e|es|ed|ing|ation|ations), charge, charges, charged, indict(s|ed|ing|ment|ments)
		suspect(|s|ed|ing), suspicion(|s), suspicious, claim(|s|ed|ing), purported(|ly), supposed(|ly), reputed(|ly)
		prosecut(or|ors) (say|says|said|allege|alleged|argue|argued), investigators (say|said), police (say|said), authorities (say|said)
		according to, (is|are|was|were) said to, believed to, thought to, described (by|in) <gap> as, described as, named (by|in) <gap> as, identified (by|in) <gap> as, co-defendant(|s), codefendant(|s), so-called
		!in charge, !free of charge, !take(|s|n) charge, !took charge, !charge d'affaires, !charge(|s|d) a fee
		!(is|are|was|were|not) supposed to, !according to (plan|schedule), !baggage claim, !claim(|s|ed) asylum`,
	Report: `
		reported(|ly), reports, reporting, said, says, saying, told, tells, stat(es|ed|ing), according to, announc(e|es|ed|ing|ement|ements), noted, notes, counted
		wrote, writes, added, adds, explained, declared, confirmed, put it, puts it, quoted (by|in|as), cited (by|in), post(s|ed) (on|that), described
		!(a|the) noted, !bank notes, !added to, !united states, !member states, !states (of|and)`,
	Dispute: `
		disput(e|es|ed|ing), differ(|s|ed|ing), conflict(s|ing), contradict(|s|ed|ing|ion|ions|ory), versions, (another|one|different|other) version
		some <gap> others, others (say|said), while, although, though, but, however, whereas, den(y|ies|ied|ying|ial|ials)
		unclear, unknown, unconfirmed, uncertain, unsettled, not settled, not (been |)confirmed, not (clear|known|public|certain), no official
		misstat(e|es|ed|ement|ements), misreport(s|ed), deleted, incorrect(|ly), mistaken(|ly), wrong(|ly), inconsistent(|ly), discrepanc(y|ies), reports vary, var(y|ies), reject(s|ed) the (claim|accusation|charge|allegation)(|s)
		!armed conflict(|s), !conflict of interest, !(nothing|anything|all) but, !dispute resolution, !for a while, !worth(|while) while`,
	Uncertainty: `
		may, might, could, would, apparent(|ly), likely, unlikely, possib(le|ly|ility), probab(le|ly), perhaps, maybe, presumabl(e|y), seem(|s|ed), appear(s|ed) to, seemingly
		expected to, expects to, is expected, are expected, plan(|s|ned|ning) to, intend(|s|ed) to, hop(e|es|ed) to, potential(|ly), inferred, inference, estimate(|s|d), unverified, preliminary, reportedly
		!in may, !(of|since|by|until|last|next|this|from|late|early|mid) may, !may <n>, !<n> may, !as soon as possible`,
	Upgrade: `
		confirm(|s|ed|ing|ation), prov(e|es|ed|en|ing), proof, establish(es|ed), convict(|s|ed|ion|ions), guilty, committed, commits, murder(s|ed|er|ers)
		certain(|ly), clearly, definite(|ly), undoubtedly, in fact, indeed, without (a |)doubt, no doubt, undeniabl(e|y), evidently, demonstrat(e|es|ed)
		admit(|s|ted|ting), admission(|s), confess(|es|ed|ion|ions), ratif(y|ies|ied|ication), in force, into force, in effect
		!not guilty, !not-guilty, !not (been |yet |)(confirmed|proven|proved|established|ratified|in force|certain), !never (been |)(confirmed|proven|proved|established|ratified), !un(confirmed|proven), !a certain, !certain (of|types|kinds|cases|conditions), !committed to, !well established`,
	Negation: `
		not, no, ~n't, cannot, never, neither, nor, without, none, nobody, no one, nothing, nowhere, no longer
		dont, doesnt, didnt, isnt, arent, wasnt, werent, hasnt, havent, hadnt, wont, wouldnt, couldnt, cant, shouldnt
		!no. <n>, !no doubt, !nothing but, !whether or not, !not only`,
	Exclusive: `
		only, solely, exclusive(|ly), merely, alone, sole, all, every, each, everyone, everybody, everything, entire, entirely, whole, always
		first, last, second, third, final, both, most, a majority of, the majority, majority, some, any, anyone, anybody, several, many, few, a number of, part of
		one of (the|its|his|her|their|those|these), some of, not only, either, half of, various, multiple
		!at most, !some <n>, !some $ <n>, !(last|first) name(|s), !first lady, !last (week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)
		!at (first|last|all), !after all, !above all, !first of all, !not at all, !in any case, !<n> second(|s), !the most, !as many as, !half brother, !any more`,
	Comparison: `
		more, less, fewer, lesser, (larg|bigg|great|small|high|low|long|short|old|young|lat|earli|few|strong|weak|fast|slow|rich|poor)(er|est), better, best, worse, worst, the most, least, maximum, minimum, same as, equal to, compared (to|with), rather than, as (much|many) as, top, biggest, main, leading, second-largest, twice, double, triple
		!more than, !less than, !fewer than, !no more than, !no less than, !at least, !more or less, !not least, !best known, !later on, !top secret, !leading to, !less likely to`,
	Approximator: `
		about <n>, about (a|an|half), around <n>, around (a|an|half), approximat(e|ely), roughly, nearly, almost, some <n>, close to <n>, an estimated, estimated (at|to|<n>), or so, circa, ca. <n>
		at least, at most, more than, less than, fewer than, over <q>, over (a|half), under <q>, above <q>, below <q>, up to <n>, as (many|much|few|little) as, no more than, no (less|fewer) than, not (more|less) than, upwards of, in excess of, exceed(|s|ed|ing), or (more|less|fewer), dozens of, hundreds of, thousands of, millions of, just (over|under), more or less, give or take, -odd
		!what about, !how about, !about <n> (of|o'clock) the`,
	Temporal: `
		before, after, since, until, till, during, while, within, prior to, ahead of, following, once, when, whenever, meanwhile, later, earlier, ago, already, yet, still, soon, previous(|ly), subsequent(|ly), afterwards, upon, throughout, then, now, currently, formerly, former, recent(|ly), simultaneously, as soon as, at the same time, from <n> to, between <n> and
		by <n>, by (then|now|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mid|late|early|the end|the time)
		next, last (week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)
		!named after, !look(|s|ed|ing) after, !after all, !before (a|the|an|us|federal|brooklyn) (judge|court|magistrate|jury|tribunal|panel), !before judge, !at once, !once again, !next to, !the following (is|are), !now known as, !sooner or later, !by one of, !by (two|three|four) (ministers|men|people|officers|judges)`,
	Causal: `
		because, therefore, thus, hence, so that, due to, owing to, on account of, as a (result|consequence), in consequence, consequently, l(ed|eads|eading) to, lead to, result(ed|s|ing) (in|from), result of, thanks to, caus(e|es|ed|ing), in order to, prompt(s|ed|ing), trigger(s|ed|ing), in response to, in retaliation, in return for, in exchange for, given that, which is why, that is why, for (this|that|which) reason, the reason, reason (for|why), motivated by, stem(s|med) from, as part of, aimed at, allow(s|ed|ing), enabl(e|es|ed|ing), forc(e|es|ed|ing) <w> to
		!due to (appear|be|begin|start|arrive|stand), !just cause, !probable cause, !because of course`,
	Modal: `
		may, might, could, would, should, must, will, shall, can, cannot, ~'ll, ~'d, can't, won't, wouldn't, couldn't, shouldn't, mustn't, ought to, has to, have to, had to, needs to, need to, able to, unable to, going to, (is|are|was|were) to be, required to, obliged to, allowed to, supposed to
		!in may, !(of|since|by|until|last|next|this|from|late|early|mid) may, !may <n>, !<n> may, !free will, !at will, !his will, !going to (the|a|court|jail|prison|trial), !has to do with`,
	Condition: `
		if, unless, provided that, providing that, on (the |)condition, conditional on, as long as, so long as, only if, in case, in the event, otherwise, whether, except, subject to, contingent, assuming, depending on, depends on, on the understanding, should <w> be
		!as if, !in case no, !what if, !if only because, !in case number`,
	Contrast: `
		although, though, but, however, despite, in spite of, even though, even if, whereas, nevertheless, nonetheless, notwithstanding, on the other hand, by contrast, in contrast, instead, rather than, while, yet, unlike, conversely, contrary to
		!(nothing|anything|all|none) but, !for a while, !however (long|much|many), !not yet, !as though, !yet to, !and yet another, !for a while`,
}
