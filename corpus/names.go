package corpus

import "strings"

// IsGivenName tells whether word, in lower case and without accents, is a given
// name common in English, French, German, Italian, Spanish or Russian prose.
// Before a family name it tells one person from another, and a name from a title.
func IsGivenName(word string) bool { return givenNames[word] }

var givenNames = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(`abraham adam adolf adolph adrian alan alastair albert alberto alexander alexei alexis alfred alfredo alice alison allen alvin
	ambrose amelia amos anatoly andre andrei andrew angela anita ann anna anne anthony antoine anton antonia antonio archibald
	aristide arnold arthur arturo august austin barbara beatrice benito benjamin bernard bernhard bertram bertrand boris brian bridget
	bruno calvin camille carl carlo carlos caroline carolyn catherine cecil cecilia charles charlotte chester christian christina
	christine christopher clara clarence claude clement colin constantin cornelius cynthia cyril dallas daniel daphne david dean
	deborah denis derek diana diane dieter dietrich dirk dmitri domenico dominic donald dorothea dorothy douglas duff dwight ebenezer
	edgar edith edmond edmund edna edoardo edouard eduard edward edwin egon eileen eleanor elias elisabeth elizabeth ellen elsa
	emanuel emanuele emil emile emily emma enrico enrique ephraim eric erich erika ernest ernesto ernst erwin esther ethel etienne
	eugen eugene eva evan evelyn felix ferdinand fernand fernando filippo florence francis francisco franco francois frank franklin
	franz fred frederic frederick fredrik friedrich fritz gabriel galeazzo gaston geoffrey georg george georges georgi georgiana
	georgina gerald gerhard gertrude gilbert gilles gillian giovanni giuseppe gladys gordon gottfried graham gregory guido gunther
	gustav guy gwendolyn hannah hans harold harriet harry heinrich heinz helen helmut henri henrietta henrik henry herbert herman
	hermann hilda hjalmar horace howard hubert hugh hugo humphrey ian ida ignaz igor immanuel ingrid irene isaac isabel ivan ivar ivo
	ivy jack jacob jacques james jan jane janet jean jeffrey jeremy jerome jessica joachim joan joel johann johannes john jonathan
	jorge jose josef joseph josephine joshua juan judith jules julia julian juliet julius karl katharine katherine kathleen kenneth
	kevin konrad konstantin kurt larry laura laurence lawrence lazar leo leon leonard leonid leroy lev lewis lilian linda lionel
	lorenzo lothar louis louise lucien lucy ludwig luigi luis lydia lyndon mabel malcolm manfred manuel marc marcel marcus margaret
	margery maria marianne marie mario marjorie mark martha martin mary mathilde matthew maud maurice max maxim maximilian michael
	michel miguel mikhail mildred miles miriam monica muriel nancy nathalie nathan nathaniel neil neville nicholas nicolas nigel
	nikita nikolai nora norman olga oliver oscar oswald otto pamela patricia patrick paul pauline pedro peggy percy peter philip
	philippe phyllis pierre pietro quentin rachel ralph ramsay raoul raymond rebecca reginald reinhard reinhold rene ricardo richard
	robert roberto roderick rodney roger roland ronald rosa rosemary rudolf rupert ruth sally samuel sandra sara sarah sebastian serge
	sergei sheila sidney siegfried sigmund silvia silvio simon solomon sophia sophie stafford stanley stefan stephan stephen stewart
	stuart susan sylvia theodor theodore thomas timothy tobias ursula valentin valerie vasily vera veronica victor viktor vincent
	virginia vittorio vivian vladimir vladislav vyacheslav walter warren wendy werner wilbur wilfred wilfrid wilhelm wilhelmina
	william winifred winston wolfgang wolfram woodrow yuri yves yvonne zachary`) {
		set[name] = true
	}
	return set
}()
