/** Numbers in words, any case of Russian; regular expression sources without boundaries. */
const ru = String.raw`(?:ноль|нол[яю]|од(?:ин|на|но|ну|ного|ной)|дв(?:а|е|ух|умя)|тр(?:и|[её]х|емя)|четыр(?:е|[её]х|ьмя)|пят(?:ь|и|ью)|шест(?:ь|и|ью)|сем(?:ь|и|ью)|вос(?:е?м|ьм)(?:ь|и|ью)|девят(?:ь|и|ью)|десят(?:ь|и|ью|ок|к[аи])|[а-яё]{2,8}надцат(?:ь|и|ью)|двадцат(?:ь|и|ью)|тридцат(?:ь|и|ью)|сорока?|пят(?:ь|и)десят|пятидесяти|шест(?:ь|и)десят|шестидесяти|сем(?:ь|и)десят|семидесяти|вос(?:е|ь)м(?:ь|и)десят|восьмидесяти|девяност[оа]|сто|ста|двести|двухсот|триста|тр[её]хсот|четыреста|пятьсот|пятисот|шестьсот|семьсот|восемьсот|девятьсот|полтор[аы]|полутора|тысяч\p{L}*|миллион\p{L}*|сот(?:ни|ню|ен))`
const en =
  '(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|grand|million)'

export const numberWord = `(?:${ru}|${en})`
/** One or more: "двадцать пять", "twenty-five", "15 000", "1.5". */
export const amount = String.raw`(?:\d(?:[\d\s.,]*\d)?|${numberWord})(?:[\s-]+(?:and\s+)?(?:${numberWord}|\d+))*`
