import ArgumentParser
import Foundation
import OktaCatalog
import OktaGenerator
import OktaUpstream
import YAML

@testable import okta_generator

/// A catalog with one action and a document for it on disk, and the commands that read both.
struct DocumentRun {
    let folder: TemporaryFolder
    private let name: String

    /// - Parameters:
    ///   - document: The text of the document.
    ///   - name: The file name of the document.
    ///   - action: The catalog entry of the action.
    init(_ document: String, named name: String = "openapi.yaml", action: String = Self.action) throws {
        folder = try TemporaryFolder()
        self.name = name
        try folder.write(document, to: name)
        try folder.write("# Changelog\n\n## Unreleased\n", to: "CHANGELOG.md")
        try folder.write(
            "grammar: 1\nservice: Things\nmodule: Things\nreference: https://example.com/\ncategories: [Thing]\n",
            to: "spec/catalog.yaml")
        try folder.write("category: Thing\nsummary: Things.\nactions:\n\(action)", to: "spec/actions/thing.yaml")
    }

    static let action =
        "  - action: Get Thing\n    summary: Reads it.\n    method: GET\n    path: /api/v1/things/{id}\n"

    /// A document with one operation that returns the schema `S0`.
    ///
    /// - Parameters:
    ///   - schemas: The schemas, one per line: `S0: {type: string}`.
    ///   - version: The OpenAPI version.
    static func document(_ schemas: [String], version: String = "3.0.3") -> String {
        """
        openapi: \(version)
        info: {title: Things, version: "1"}
        paths:
          /api/v1/things/{id}:
            get:
              operationId: getThing
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                "200":
                  description: A thing
                  content: {application/json: {schema: {$ref: "#/components/schemas/S0"}}}
        components:
          schemas:

        """ + schemas.map { "    \($0)\n" }.joined()
    }

    /// The result of a command.
    enum Ending: Equatable {
        case success
        case drift
        /// Invalid input, with the diagnostics.
        case refusal
    }

    /// Runs a command on the catalog and the document.
    func run(_ command: String) throws -> Ending {
        let document = "\(folder.path)/\(name)"
        let spec = ["--spec", "\(folder.path)/spec"]
        let arguments =
            switch command {
            case "import": ["import", "--openapi", document] + spec
            case "update": ["update", "--upstream", document, "--changelog", "\(folder.path)/CHANGELOG.md"] + spec
            case "drift": ["drift", "upstream", document] + spec
            default: ["drift", "upstream", "--from", document, "--to", document] + spec
            }
        do {
            var command = try OktaGeneratorCommand.parseAsRoot(arguments)
            try command.run()
            return .success
        } catch let code as ExitCode {
            return code.rawValue == 1 ? .drift : code.rawValue == 2 ? .refusal : .success
        } catch is InputFailure {
            return .refusal
        }
    }

    /// The files of the catalog.
    func catalog() throws -> CatalogFolder { try CatalogFolder(at: "\(folder.path)/spec") }

    /// The text of a catalog file.
    func text(_ path: String) -> String? { folder.text(of: "spec/\(path)") }

    /// Writes the summaries that an author must supply.
    func writeWords() throws {
        for (path, text) in try catalog().texts {
            try folder.write(text.replacing("TODO", with: "Written"), to: "spec/\(path)")
        }
    }

    /// The diagnostics of reading the document.
    func findings() -> [Diagnostic] {
        var diagnostics = Diagnostics()
        let text = folder.text(of: name) ?? ""
        _ = OpenAPIDocument(SourceFile(path: name, text: text), reporting: &diagnostics)
        return diagnostics.all
    }

    /// The diagnostics of the catalog, except for missing summaries.
    func catalogFindings() throws -> [Diagnostic] {
        var diagnostics = Diagnostics()
        _ = Generation().run(try catalog(), reporting: &diagnostics)
        return diagnostics.all.filter {
            $0.severity == .error && !["missing-doc", "missing-summary"].contains($0.rule)
        }
    }
}
