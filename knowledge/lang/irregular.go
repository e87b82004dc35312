package lang

// irregular maps English past forms to their base form: verbs of news and court reports, none that is a common word of
// another meaning ("left", "saw", "found", "felt"). The list is the project's own; extend it with forms that questions
// use.
var irregular = pairs(`
	said say  told tell  met meet  sent send  held hold  gave give  given give  took take  taken take  made make
	got get  gotten get  fled flee  caught catch  sought seek  won win  lost lose  paid pay  brought bring  began begin
	begun begin  became become  ran run  stood stand  thought think  knew know  known know  came come  went go  gone go
	spoke speak  spoken speak  wrote write  written write  broke break  broken break  hid hide  hidden hide  kept keep
	led lead  built build  bought buy  sold sell  fought fight  chose choose  chosen choose  flew fly  flown fly
	grew grow  grown grow  drew draw  drawn draw  shown show  swore swear  sworn swear  stole steal  stolen steal
	fell fall  fallen fall  dealt deal  meant mean  overthrew overthrow  withdrew withdraw  withdrawn withdraw
	underwent undergo  forbade forbid  bound bind  died die  tried try  denied deny`)
