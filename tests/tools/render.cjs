// Reads [[LaTeX, whether it is displayed], ...] as JSON; writes for each what MathJax complains of, or "".
const [folder] = process.argv.slice(2);
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));

// A page shows an error and an unknown command in red: without these two packages both are errors. Proof trees need a page.
const silent = { "[-]": ["noerrors", "noundefined", "bussproofs"] };
const settings = { loader: { load: ["input/tex-full"] }, tex: { packages: silent } };

require(folder + "/es5/node-main.js")
  .init(settings)
  .then((MathJax) => {
    const complaint = ([tex, display]) => {
      const found = MathJax.tex2mml(tex, { display }).match(/<merror[^>]*>|data-mjx-error="[^"]*"/);
      return found ? found[0] : "";
    };
    process.stdout.write(JSON.stringify(formulas.map(complaint)));
  });
