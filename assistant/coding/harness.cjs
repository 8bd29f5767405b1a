// Runs before the code, and so has the language's own functions whatever the code makes of them;
// then loads it, with one call behind it.  The words in capitals are filled in for each run.
//
// What the call gave is told as JSON, every kind of value apart: "=" a plain object, "?" what is no
// value of JSON, "!" what cannot be looked into from outside (a Map, a promise), "^" what was
// thrown, by the names of its classes.
{
const {stringify} = JSON, {isArray} = Array, {isFinite} = Number, text = String, late = Promise;
const {getPrototypeOf, entries, prototype, defineProperty, getOwnPropertyDescriptor} = Object;
const own = (v, key) => {
  const found = v !== null && typeof v === "object" ? getOwnPropertyDescriptor(v, key) : undefined;
  return found && found.value;
};
const parts = ["valueOf", "toString", Symbol.toPrimitive];
const write = process.stdout.write.bind(process.stdout);
const told = (v, deep) => {
  const kind = typeof v;
  if (v === null) return "null";
  if (kind === "boolean") return text(v);
  if (kind === "bigint") return '{"?": "' + text(v) + 'n"}'; // 4n is not 4
  if (kind === "string") return stringify(v);
  if (kind === "number") return isFinite(v) ? stringify(v) : '{"?": "' + v + '"}';
  if (kind === "function" && parts.some((part) => getOwnPropertyDescriptor(v, part)))
    return '{"!": "a function that is like a value"}'; // == and + make one of it
  if (kind !== "object") return '{"?": "' + kind + '"}';
  if (deep > 60) return '{"!": "nested"}';
  let all = "";
  if (isArray(v)) {
    for (let n = 0; n < v.length; n++) all += (n ? "," : "") + told(v[n], deep + 1);
    return "[" + all + "]";
  }
  if (v instanceof late) return '{"!": "a promise"}';
  const of = getPrototypeOf(v);
  if (of !== prototype && of !== null) return '{"!": "object"}';
  const pairs = entries(v);
  for (let n = 0; n < pairs.length; n++)
    all += (n ? "," : "") + stringify(pairs[n][0]) + ":" + told(pairs[n][1], deep + 1);
  return '{"=": {' + all + "}}";
};
const say = (v) => write(MARK + told(v, 0) + "\n");
const kinds = (v) => {
  let all = typeof own(v, "name") === "string" ? stringify(own(v, "name")) : "";
  let it = v;
  for (let n = 0; n < 20 && it !== null && typeof it === "object"; n++) {
    const maker = own(it, "constructor");
    it = getPrototypeOf(it);
    const of_maker = typeof maker === "function" ? getOwnPropertyDescriptor(maker, "name") : null;
    const name = of_maker && of_maker.value;
    if (typeof name === "string") all += (all ? "," : "") + stringify(name);
  }
  return all;
};
const thrown = (v) => { write(MARK + '{"^": [' + kinds(v) + "]}\n"); throw v; };
const asked = (find) => {
  write(MARK + "asked\n");
  if (typeof find() !== "function") throw new TypeError("it is no function"); // and this no answer
};
const later = async (find, ask) => {
  asked(find);
  let v;
  try { v = await ask(); } catch (wrong) { thrown(wrong); }
  say(v);
};
const now = (find, ask) => {
  asked(find);
  let v;
  try { v = ask(); } catch (wrong) { thrown(wrong); }
  say(v);
};
defineProperty(globalThis, KEY, {value: AWAITED ? later : now});
}
LOAD;
