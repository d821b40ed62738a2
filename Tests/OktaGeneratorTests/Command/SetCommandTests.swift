import Foundation
import OktaCatalog
import Testing

@testable import okta_generator

/// Commands on a folder of several catalogs.
@Suite(.longCalculation) struct SetCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (service, module, thing) in [("first", "First", "Thing"), ("second", "Second", "Part")] {
            try folder.write(
                """
                grammar: 1
                service: \(module) API
                document: The \(thing) Management
                module: \(module)
                reference: https://example.com/
                categories: [\(thing)]

                """, to: "Spec/\(service)/catalog.yaml")
            try folder.write(
                """
                category: \(thing)
                summary: Things.
                actions:
                  - action: Get \(thing)
                    summary: Returns one.
                    method: GET
                    path: /api/v1/\(service)
                    upstream: get\(thing)
                    returns: \(thing)
                    success: [200]

                """, to: "Spec/\(service)/actions/things.yaml")
            try folder.write(
                """
                category: \(thing)
                models:
                  - model: \(thing)
                    upstream: \(thing)
                    doc: One
                    fields:
                      name: {type: string}

                """, to: "Spec/\(service)/models/things.yaml")
            try folder.write(document(thing, "/api/v1/\(service)"), to: "\(service).yaml")
        }
    }

    private func document(_ thing: String, _ path: String, title: String? = nil, type: String = "string") -> String {
        """
        openapi: 3.0.3
        info: {title: \(title ?? "The \(thing) Management API"), version: "1"}
        paths:
          \(path):
            get:
              operationId: get\(thing)
              responses:
                "200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/\(thing)"}}}}
        components:
          schemas:
            \(thing): {type: object, properties: {name: {type: \(type)}}}

        """
    }

    private func run(_ arguments: String...) -> Program.End { run(all: arguments) }

    private func run(all arguments: [String]) -> Program.End {
        Program.run(arguments.map { $0.replacing("~", with: folder.path) } + ["--spec", "\(folder.path)/Spec"])
    }

    private func generate(_ command: String, _ more: String...) -> Program.End {
        Program.run(
            [
                command, "--spec", "\(folder.path)/Spec", "--output", "\(folder.path)/Out", "--test-support",
                "\(folder.path)/Tests",
            ] + more)
    }

    private func folders(below root: String) -> [String] {
        Set(
            folder.texts.keys.filter { $0.hasPrefix("\(root)/") }.compactMap {
                $0.split(separator: "/").dropFirst().first
            }
        )
        .map(String.init).sorted()
    }

    @Test("Sets: generate writes a folder per module, and check compares all") func generateAndCheck() throws {
        #expect(generate("generate").code == 0)
        #expect(folders(below: "Out") == ["First", "Second"] && folders(below: "Tests") == ["First", "Second"])
        #expect(folder.text(of: "Out/Second/Registry/ActionRegistry+Second.swift")?.contains("var second:") == true)
        #expect(generate("check").code == 0)
        try folder.remove("Out/Second/Exports.swift")
        #expect(generate("check").code == 1)
        #expect(generate("check", "--service", "first").code == 0)
        #expect(generate("generate", "--service", "second").code == 0)
        #expect(generate("check").code == 0)
    }

    @Test("Sets: a single catalog writes to the folder itself") func singleCatalog() {
        let end = Program.run([
            "generate", "--spec", "\(folder.path)/Spec/first", "--output", "\(folder.path)/Out", "--test-support",
            "none",
        ])
        #expect(end.code == 0 && folder.text(of: "Out/Exports.swift") != nil)
    }

    @Test("Sets: an error in one catalog is reported with those of the others, and nothing is written")
    func errorsOfAll() throws {
        try folder.write("category: Thing\nsummary: x\nactions: 7\n", to: "Spec/first/actions/things.yaml")
        #expect(generate("generate").code == 2)
        #expect(folders(below: "Out").isEmpty)
    }

    @Test("Sets: an unknown service is an error") func unknownService() {
        #expect(run("list", "--service", "fist").code == 2)
        #expect(run("list", "--service", "first").code == 0)
    }

    @Test("Sets: a category or scope that no action has is an error of the list", arguments: ["--category", "--scope"])
    func unknownSelection(_ option: String) {
        #expect(run("list", option, "nothing").code == 2)
    }

    @Test("Sets: a document is compared with the catalog that its title belongs to") func driftOfDocuments() throws {
        // upstream.yaml is missing, so that only facts are compared.
        #expect(run("drift", "upstream", "~/first.yaml", "~/second.yaml").code == 0)
        try folder.write(document("Part", "/api/v1/second", type: "integer"), to: "second.yaml")
        #expect(run("drift", "upstream", "~/first.yaml", "~/second.yaml").code == 1)
        #expect(run("drift", "upstream", "~/first.yaml").code == 0)
    }

    @Test(
        "Sets: a document that fits no service or several is an error",
        arguments: ["Another", "The Part Managements"])
    func documentsWithoutService(_ title: String) throws {
        try folder.write(document("Part", "/api/v1/second", title: title), to: "second.yaml")
        let end = run("drift", "upstream", "~/second.yaml")
        #expect(end.code == 2 && end.message?.contains("fits no service") == true)
        #expect(end.message?.contains("`The Thing Management`") == true)
        let named = run("drift", "upstream", "~/second.yaml", "--service", "second")
        #expect(named.code == 2 && named.message?.contains("--any-title") == true)
        #expect(run("drift", "upstream", "~/second.yaml", "--service", "second", "--any-title").code == 0)
        #expect(run("drift", "upstream", "~/second.yaml", "--any-title").code == 2)
        let catalog = try #require(folder.text(of: "Spec/first/catalog.yaml"))
        try folder.write(catalog.replacing("The Thing Management", with: "The"), to: "Spec/first/catalog.yaml")
        try folder.write(document("Part", "/api/v1/second"), to: "second.yaml")
        let several = run("drift", "upstream", "~/second.yaml")
        #expect(several.code == 2 && several.message?.contains("first, second") == true)
    }

    @Test("Sets: a document of another service changes nothing, unless any title is accepted") func otherTitle() throws
    {
        for command in [
            ["update", "--changelog", "none", "--upstream"], ["import", "--openapi"], ["drift", "upstream"],
        ] {
            let arguments = command + ["~/first.yaml", "--service", "second"]
            let before = folder.texts
            let end = run(all: arguments)
            #expect(end.code == 2 && end.message?.contains("`The Part Management`") == true)
            #expect(folder.texts == before)
            #expect(run(all: arguments + ["--any-title"]).code < 2)
        }
        // A catalog without a title accepts any document.
        let catalog = try #require(folder.text(of: "Spec/second/catalog.yaml"))
        try folder.write(catalog.replacing("document: The Part Management\n", with: ""), to: "Spec/second/catalog.yaml")
        #expect(run("drift", "upstream", "~/first.yaml", "--service", "second").code < 2)
    }

    @Test("Sets: update and import change the catalog that the document belongs to") func updates() throws {
        try folder.write(document("Part", "/api/v1/second", type: "integer"), to: "second.yaml")
        let before = folder.texts
        let update = run("update", "--upstream", "~/first.yaml", "--upstream", "~/second.yaml", "--changelog", "none")
        #expect(update.code == 0, "\(update.message ?? "")")
        let changed = folder.texts.filter { before[$0.key] != $0.value }.keys.sorted()
        #expect(changed == ["Spec/first/upstream.yaml", "Spec/second/models/things.yaml", "Spec/second/upstream.yaml"])
        #expect(folder.text(of: "Spec/second/models/things.yaml")?.contains("type: integer") == true)
        #expect(run("import", "--openapi", "~/second.yaml").code == 0)
        #expect(
            run("update", "--upstream", "~/first.yaml", "--upstream", "~/first.yaml", "--changelog", "none").code == 2)
    }

    @Test("Sets: sentences name the service") func sentences() throws {
        try folder.write(
            try #require(folder.text(of: "Spec/second/models/things.yaml")).replacing("doc: One", with: "doc: TODO"),
            to: "Spec/second/models/things.yaml")
        let arguments =
            [
                "update", "--upstream", "~/first.yaml", "--upstream", "~/second.yaml", "--changelog", "none",
                "--sentences",
                "~/form.yaml",
            ].map { $0.replacing("~", with: folder.path) } + ["--spec", "\(folder.path)/Spec"]
        #expect(Program.run(arguments).code == 0)
        let form = try #require(folder.text(of: "form.yaml"))
        #expect(form.contains("\"second Part\":\n    doc: TODO\n") && !form.contains("\"first"))
        try folder.write(form.replacing("doc: TODO", with: "doc: \"Part: one\""), to: "form.yaml")
        #expect(Program.run(arguments).code == 0)
        #expect(folder.text(of: "Spec/second/models/things.yaml")?.contains("doc: \"Part: one\"") == true)
        #expect(folder.text(of: "form.yaml")?.hasPrefix("# No sentences are left") == true)
    }

    @Test("Sets: traffic is compared with the actions of all services") func traffic() throws {
        let lines = ["first", "second"].map { service in
            #"{"request": {"method": "GET", "url": "https://acme.okta.com/api/v1/\#(service)"}, "#
                + #""response": {"status": 200, "body": {"name": "x"\#(service == "second" ? #", "more": 1"# : "")}}}"#
        }
        try folder.write(lines[0] + "\n", to: "a.jsonl")
        try folder.write(lines.joined(separator: "\n") + "\n", to: "b.jsonl")
        #expect(run("drift", "traffic", "~/a.jsonl").code == 0)
        #expect(run("drift", "traffic", "~/b.jsonl").code == 1)
        #expect(run("drift", "traffic", "~/b.jsonl", "--service", "first").code == 1)
    }

    @Test("Sets: diff matches catalogs by module, and a set with a single catalog") func diff() throws {
        let (spec, first) = ("\(folder.path)/Spec", "\(folder.path)/Spec/first")
        #expect(Program.run(["diff", spec, spec]).code == 0)
        #expect(Program.run(["diff", first, first]).code == 0)
        // The second module is new.
        #expect(Program.run(["diff", first, spec]).code == 1)
        #expect(Program.run(["diff", first, spec, "--service", "first"]).code == 0)
        #expect(Program.run(["diff", spec, spec, "--service", "third"]).code == 2)
    }
}
