package analysis

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// combining are the forms that adjectives of nations have as the first part of a compound (Anglo-French), with the adjectives.
var combining = map[string][]string{
	"afro": {"african"}, "americano": {"american"}, "anglo": {"british", "english"}, "austro": {"austrian"}, "belgo": {"belgian"}, "bulgaro": {"bulgarian"},
	"dano": {"danish"}, "finno": {"finnish"}, "franco": {"french"}, "gallo": {"french"}, "germano": {"german"}, "graeco": {"greek"}, "greco": {"greek"},
	"hispano": {"spanish"}, "hungaro": {"hungarian"}, "indo": {"indian"}, "italo": {"italian"}, "lithuano": {"lithuanian"}, "luso": {"portuguese"},
	"nippo": {"japanese"}, "perso": {"persian"}, "polono": {"polish"}, "prusso": {"prussian"}, "romano": {"roumanian", "rumanian", "romanian"},
	"russo": {"russian", "soviet"}, "serbo": {"serbian"}, "sino": {"chinese"}, "sovieto": {"soviet"}, "swedo": {"swedish"}, "turco": {"turkish"}, "turko": {"turkish"},
}

// nations are adjectives of nations and powers.
var nations = sync.OnceValue(func() map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(`afghan african albanian algerian allied american arab argentine argentinian armenian australian austrian azerbaijani balkan baltic
		bavarian belgian boer bolivian bosnian brazilian british bulgarian burmese byzantine canadian catalan chilean chinese colombian congolese croat croatian
		cuban czech czechoslovak danish dutch egyptian english estonian esthonian ethiopian european filipino finnish flemish french georgian german ghanaian greek
		habsburg hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese jordanian korean latvian lebanese libyan lithuanian magyar
		malayan manchu mexican mongolian montenegrin moroccan muscovite nazi netherlands norwegian ottoman pakistani palestinian papal persian peruvian polish
		portuguese prussian rhodesian romanian roumanian rumanian russian saudi saxon scots scottish serb serbian siamese slovak slovene soviet spanish sudanese swedish
		swiss syrian thai tibetan tunisian turkish ukrainian venetian vietnamese welsh yugoslav jugoslav`) {
		out[w] = true
	}
	return out
})

// countries are names of states and peoples beside the adjectives of nations.
var countries = set(`abyssinia afghanistan africa albania algeria america americans argentina armenia australia austria austrians belgium bohemia bolivia brazil britain britons bulgaria
	burma byzantium canada chile china colombia croatia cuba cyprus czechoslovakia czechs danes denmark deutschland egypt england englishmen estonia ethiopia finland finns france frenchmen
	georgia germans germany ghana greece greeks guatemala haiti hanover holland hungarians hungary iceland india indochina indonesia iran iraq ireland israel italians italy japan jordan
	jugoslavia korea latvia lebanon liberia libya lithuania luxembourg malaya malaysia manchukuo mexico mongolia montenegro morocco nepal netherlands nicaragua nigeria norway pakistan
	palestine panama paraguay persia peru philippines piedmont poland poles portugal prussia prussians reich rhodesia romania romanians roumania roumanians rumania rumanians russia russians
	sardinia saxony scotland serbia serbs servia siam singapore slovakia soviets spain spaniards sudan swedes sweden switzerland syria thailand tibet transvaal tunisia turkey turks uganda
	ukraine ukrainians uruguay us usa ussr venezuela venice vietnam wales yugoslavia yugoslavs zaire`)

// Seats are capitals and what the governments there are called by, folded: one word each.
var Seats = set(`addis ankara angora athens baghdad ballhausplatz bangkok beijing belgrade berlin bern berne bonn brasilia brussels bucharest budapest cairo canberra christiania
	copenhagen delhi downing dublin hague hanoi havana helsingfors helsinki jakarta kabul kaunas kovno kremlin lisbon london madrid manila moscow nanking oslo ottawa paris peking petersburg petrograd prague pretoria
	pyongyang quirinal reich reval riga rome saigon seoul sofia stockholm tallinn teheran tehran tirana tokio tokyo vichy vienna warsaw washington whitehall wilhelmstrasse`)

// IsPower says whether a folded word is a state, a nation or its adjective, or the seat of a government.
func IsPower(word string) bool { return nations()[word] || countries[word] || Seats[word] }

// NationPairs returns the other ways to write a compound of adjectives of nations, folded, in words: of Anglo-French british french,
// french british, british and french. There are none of what is no such compound of two.
func NationPairs(terms []string) [][]string {
	if len(terms) != 2 || terms[0] == terms[1] {
		return nil
	}
	first, second := adjectives(terms[0]), adjectives(terms[1])
	if len(first) == 0 || len(second) == 0 {
		return nil
	}
	var out [][]string
	for _, a := range first {
		for _, b := range second {
			out = append(out, []string{a, b}, []string{b, a}, []string{a, "and", b}, []string{b, "and", a})
		}
	}
	return slices.DeleteFunc(out, func(pair []string) bool { return slices.Equal(pair, terms) })
}

// adjectives returns the adjectives of nations that a folded word is or stands for in a compound; none of another word.
func adjectives(word string) []string {
	if nations()[word] {
		return append([]string{word}, combinedAs()[word]...)
	}
	if words, ok := combining[word]; ok {
		return append(slices.Clone(words), word)
	}
	return nil
}

// combinedAs are the forms that adjectives have as the first part of a compound, by adjective.
var combinedAs = sync.OnceValue(func() map[string][]string {
	out := make(map[string][]string)
	for _, form := range slices.Sorted(maps.Keys(combining)) { // the same order each time
		for _, w := range combining[form] {
			out[w] = append(out[w], form)
		}
	}
	return out
})

// Combined returns the adjectives that the first part of a compound of nations stands for: of anglo british and english.
func Combined(word string) []string { return combining[word] }
