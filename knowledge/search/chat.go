package search

import (
	"strings"

	"enlace/knowledge"
)

// chatText are the short words that people shorten or mistype most, each after the word that it stands for. They are too short for
// spelling repair, and most carry the question.
var chatText = map[knowledge.Lang]string{
	knowledge.English: "when:wen,whn,wehn,hwen,whne what:wut,waht,hwat,wath,wht,wot who:hwo,woh,whoo,hoo why:wy,hwy,whyy " +
		"where:wher,whre,wheres how:hw which:wich,whcih,wihch the:teh,hte,th did:ddi,dd does:deos long:lng,logn " +
		"many:mny,mnay much:mch,mcuh was:wsa,wuz is:iz you:u,ya your:ur they:dey that:dat this:dis with:wiht " +
		"from:frm,fomr for:fro have:hav,ahve because:cuz,coz,bc about:abt and:nd,adn please:pls,plz people:ppl",
	knowledge.Spanish: "cuando:qando,kuando,cuado,cuanod,qndo,kndo,cdo,cuano,kwando quien:kien,qien,quein,qn,kn,quin,quie " +
		"que:qe,ke,qeu,k,q como:komo,cmo,kmo,coom donde:dnd,dond,onde,donda,dodne " +
		"cuanto:qanto,kuanto,cuato,qnto,cto cuantos:kuantos,qantos,cuatos,ctos cuantas:kuantas,qantas cual:kual,cul " +
		"por:x,xr porque:xq,pq,porq,porke,xk,xke para:pra de:ed los:lso una:uan con:cn,kon del:dle " +
		"tambien:tb,tmb,tbn hizo:iso,hiso",
}

// chat maps what people write in haste to the words that they mean.
type chat map[string]string

func newChat(l knowledge.Lang) chat {
	c := chat{}
	for entry := range strings.FieldsSeq(chatText[l]) {
		word, forms, _ := strings.Cut(entry, ":")
		for form := range strings.SplitSeq(forms, ",") {
			c[form] = word
		}
	}
	return c
}
