import OktaCatalog
import OktaGenerator
import Testing
import YAML

@testable import OktaUpstream

/// `update --sentences`: the form lists the missing sentences, and the command reads them back.
@Suite struct SentenceTests {
    private let new = SentenceCase.catalog()

    @Test("Sentences: the form lists every new entry with the document's facts and words")
    func form() throws {
        let form = try SentenceCase.run(new, form: nil).get().form
        #expect(try form == GoldenCase.expected(at: "\(GoldenCase.root)/sentences/form.yaml", updatingTo: form))
        var diagnostics = Diagnostics()
        #expect(SentenceForm(SourceFile(path: "form.yaml", text: form), reporting: &diagnostics) != nil)
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
    }

    @Test("Sentences: an empty form changes nothing and stays the same") func emptyForm() throws {
        let first = try SentenceCase.run(new, form: nil).get()
        let second = try SentenceCase.run(first.folder, form: first.form).get()
        #expect(second.folder.texts == first.folder.texts)
        #expect(second.form == first.form)
        #expect(second.update.count == 0)
    }

    @Test("Sentences: a filled form makes a catalog that generates, in one run or in two", arguments: [false, true])
    func filledForm(_ inTwo: Bool) throws {
        let start = inTwo ? try SentenceCase.run(new, form: nil).get().folder : new
        let run = try SentenceCase.run(start, form: SentenceCase.full).get()
        #expect(run.missing == 0)
        #expect(run.form.hasPrefix("# No sentences are left to write.\n"))
        for (path, text) in run.folder.texts {
            #expect(
                try text == GoldenCase.expected(at: "\(GoldenCase.root)/sentences/expected/\(path)", updatingTo: text))
        }
        var diagnostics = Diagnostics()
        #expect(Generation().run(run.folder, reporting: &diagnostics) != nil, "\(diagnostics.all)")
    }

    @Test("Sentences: the form proposes another name for a model whose name has a meaning in Swift")
    func reservedName() throws {
        let document = SentenceCase.document.replacing("Pool:", with: "Error:").replacing("/Pool\"", with: "/Error\"")
        let first = try SentenceCase.run(new, form: nil, document: document).get()
        #expect(first.form.contains("    rename: ErrorModel\n"))
        let second = try SentenceCase.run(first.folder, form: first.form, document: document).get()
        let models = try #require(second.folder.texts["models/agent-pool.yaml"])
        #expect(models.contains("  - model: ErrorModel\n    upstream: Error\n"))
        #expect(!second.form.contains("rename:"))
    }

    /// The first run applies the proposed name, although nobody filled in the form. Its form is completed afterwards.
    @Test(
        "Sentences: a form that was run before it was completed gives the same catalog",
        arguments: [nil, "ErrorModel", "PoolFault"])
    func completedLater(_ rename: String?) throws {
        let document = SentenceCase.document.replacing("Pool:", with: "Error:").replacing("/Pool\"", with: "/Error\"")
        let full = SentenceCase.full.replacing("spec Pool\"", with: "spec Error\"")
            .replacing("    rename: AgentPool\n", with: rename.map { "    rename: \($0)\n" } ?? "")
        let first = try SentenceCase.run(new, form: nil, document: document).get()
        let untouched = try SentenceCase.run(first.folder, form: first.form, document: document).get()
        let later = try SentenceCase.run(untouched.folder, form: full, document: document).get()
        #expect(later.missing == 0 && later.update.unused.isEmpty)
        if rename == nil {
            #expect(later.folder.texts["models/agent-pool.yaml"]?.contains("  - model: ErrorModel\n") == true)
        } else {
            let direct = try SentenceCase.run(new, form: full, document: document).get()
            #expect(later.folder.texts == direct.folder.texts)
        }
    }

    @Test("Sentences: a second run with the same form changes nothing and finds nothing unused") func twice() throws {
        let first = try SentenceCase.run(new, form: SentenceCase.full).get()
        let second = try SentenceCase.run(first.folder, form: SentenceCase.full).get()
        #expect(second.folder.texts == first.folder.texts)
        #expect(second.update.count == 0 && second.update.unused.isEmpty)
    }

    /// Every subset of a form's lines about whole entries leaves the rest, and the rest completes the catalog.
    @Test("Sentences: the rest of a partly completed form completes the catalog", arguments: 0..<12)
    func partlyFilled(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let whole = try SentenceCase.run(new, form: SentenceCase.full).get()
        var lines: [String] = []
        for line in SentenceCase.full.split(separator: "\n", omittingEmptySubsequences: false) {
            let indentation = String(line.prefix { $0 == " " })
            var text = String(line)
            if line.contains("summary: R"), generator.next() % 2 == 0 {
                text = "\(indentation)summary: TODO ask the team"
            } else if line.contains("doc: "), generator.next() % 2 == 0 {
                text = "\(indentation)doc: TODO"
            }
            lines.append(text)
        }
        let half = lines.joined(separator: "\n")
        let first = try SentenceCase.run(new, form: half).get()
        #expect(first.missing == half.split(separator: "\n").count { $0.contains(": TODO") })
        if half.contains("ask the team") { #expect(first.form.contains("summary: TODO ask the team")) }
        let rest = try SentenceCase.run(first.folder, form: SentenceCase.full).get()
        #expect(rest.missing == 0)
        #expect(rest.folder.texts == whole.folder.texts)
    }

    @Test("Sentences: nothing that a person wrote is overwritten; the other text is kept as a comment")
    func nothingIsOverwritten() throws {
        let first = try SentenceCase.run(new, form: SentenceCase.full).get()
        let other = """
            actions:
              "spec GET /api/v1/pools":
                action: Find Pools
                summary: Finds pools.
                params: {limit: A limit.}
            models:
              "spec AgentPool": {doc: Another, rename: Basin, fields: {parts: Others, id: ID of the pool}}

            """
        let second = try SentenceCase.run(first.folder, form: other).get()
        #expect(
            second.update.unused.map(\.text) == [
                "Find Pools", "Finds pools.", "A limit.", "Basin", "Another", "Others",
            ])
        #expect(second.form.contains("# spec GET /api/v1/pools, summary: Finds pools.\n"))
        let changed = second.folder.texts.filter { first.folder.texts[$0] != $1 }
        #expect(changed.keys.sorted() == ["models/agent-pool.yaml"])
        #expect(changed.values.allSatisfy { $0.contains("doc: ID of the pool}") })
    }

    @Test("Sentences: entries about other services stay in the form") func otherServices() throws {
        let others = """
            categories:
              "other/Thing": Things.
            actions:
              "other GET /things":
                summary: TODO
                params:
                  after: "Cursor: unchanged."
            models: {}

            """
        let run = try SentenceCase.run(new, form: others).get()
        #expect(run.form.contains("  \"other/Thing\": Things.\n"))
        #expect(run.form.contains("    params:\n      after: \"Cursor: unchanged.\"\n"))
        let again = try SentenceCase.run(run.folder, form: run.form).get()
        #expect(again.form == run.form)
    }

    @Test(
        "Sentences: a mistake is an error with its place, and nothing is written",
        arguments: [
            ("action: {}", "unknown-key", 1),
            ("actions:\n  \"spec GET /api/v1/polls\": {summary: x}", "unknown-sentence", 2),
            ("actions:\n  \"spec GET /api/v1/pools\":\n    sumary: x", "unknown-key", 3),
            ("actions:\n  \"spec GET /api/v1/pools\":", "wrong-type", 2),
            ("actions:\n  \"spec GET /api/v1/pools\":\n    summary: [x]", "wrong-type", 3),
            ("actions:\n  \"spec GET /api/v1/pools\":\n    params: {limt: x}", "unknown-sentence", 3),
            ("actions:\n  \"spec GET /api/v1/pools/{}\":\n    action: replace  pool", "duplicate-action", 3),
            ("actions:\n  listPools: {summary: x}", "sentence-key", 2),
            ("actions:\n  spec GET /api/v1/pools/{}: {}\n  spec GET /api/v1/pools/{x}: {}", "sentence-key", 3),
            ("categories: [x]", "wrong-type", 1),
            ("categories:\n  spec/Agent Pol: Pools.", "unknown-sentence", 2),
            ("models:\n  spec Pol: {doc: x}", "unknown-sentence", 2),
            ("models:\n  spec Pool: {rename: pool}", "invalid-name", 2),
            ("models:\n  spec Pool: {rename: String}", "reserved-name", 2),
            ("models:\n  spec Pool: {rename: PoolType}", "duplicate-model", 2),
            ("models:\n  spec Pool: {fields: {name: x}}", "unknown-sentence", 2),
            ("models:\n  spec PoolType: {values: {SAML: x}}", "unknown-sentence", 2),
            ("models: {a", "yaml-syntax", 2),
        ])
    func mistakes(_ text: String, _ rule: String, _ line: Int) throws {
        guard case .failure(let diagnostics) = try SentenceCase.run(new, form: "\(text)\n") else {
            Issue.record("`\(text)` is accepted")
            return
        }
        let error = try #require(diagnostics.all.first { $0.severity == .error })
        #expect(error.rule == rule && error.location?.start.line == line, "\(diagnostics.all)")
        #expect(error.location?.file == "form.yaml")
    }
}
