import Foundation
import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Updating through several releases gives the same result as updating to the last one.
///
/// Two things are not compared, because they depend on the releases in between. Actions, and elements with handwritten
/// parts, that Okta's document no longer has keep the facts of the last document that had them. Parameters and fields
/// keep their order if Okta changes it. Values and variants are in the document's order.
@Suite(.longCalculation) struct UpdateConfluenceTests {
    @Test("Update in steps: random releases give the same catalog in any number of steps", arguments: 0..<40)
    func randomReleases(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let releases = RandomReleases(using: &generator)
        let documents = try (0..<RandomReleases.count).map { number in
            try UpdateCase.document(releases.text(of: number, using: &generator))
        }
        let last = try #require(documents.last)
        let start = try UpdateCase.updated(UpdateCase.folder(), to: [documents[0]])
        let steps = try UpdateCase.updated(start, to: Array(documents[1...]))
        let leap = try UpdateCase.updated(start, to: [last])
        #expect(try steps.present() == leap.present())
        for folder in [start, steps, leap] {
            let document = folder.texts == start.texts ? documents[0] : last
            #expect(try UpdateCase.update(folder, to: document).files.isEmpty)
        }
    }

    /// Okta's own releases, if available on the machine.
    @Test(
        "Update in steps: Okta's releases give the same catalog in any number of steps",
        .enabled(if: ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"] != nil))
    func oktasReleases() throws {
        let documents = try Self.releases.get()
        let last = try #require(documents.last)
        let root = URL(fileURLWithPath: GoldenCase.root).deletingLastPathComponent().deletingLastPathComponent().path
        let catalog = try CatalogFolder(at: "\(root)/Spec/management")
        #expect(try UpdateCase.update(catalog, to: last).files.isEmpty)
        let start = try UpdateCase.updated(catalog, to: [documents[0]])
        let steps = try UpdateCase.updated(start, to: Array(documents[1...]))
        let leap = try UpdateCase.updated(start, to: [last])
        let (found, expected) = (try steps.present(), try leap.present())
        #expect(found.keys == expected.keys)
        for (path, entries) in found { #expect(entries == expected[path], "\(path)") }
    }

    /// A catalog that covers the whole first release, updated in steps and at once. Then all new operations are
    /// covered, too.
    @Test(
        "Update in steps: a catalog of all operations of Okta's first release is the same in any number of steps",
        .enabled(if: ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"] != nil))
    func allOperationsOfOktasReleases() throws {
        let documents = try Self.releases.get()
        let last = try #require(documents.last)
        let head = "grammar: 1\nservice: x\nmodule: Okta\nreference: https://example.com/\ncategories: []\n"
        let empty = CatalogFolder(files: ["catalog.yaml": SourceFile(path: "spec/catalog.yaml", text: head)])
        let start = try UpdateCase.updated(covering(documents[0].operations, in: empty), to: [documents[0]])
        let steps = try UpdateCase.updated(start, to: Array(documents[1...]))
        let leap = try UpdateCase.updated(start, to: [last])
        #expect(try standing(in: steps) == standing(in: leap))
        let undecided = last.operations.filter { operation in
            steps.texts["upstream.yaml"]?.contains(OperationIdentity(operation.method, operation.path).path) == true
        }
        let covered = try [steps, leap].map { try UpdateCase.updated(covering(undecided, in: $0), to: [last]) }
        #expect(try standing(in: covered[0]) == standing(in: covered[1]))
    }

    /// The releases of the management document in the folder, the oldest first. Their names sort by release.
    /// They are read once, because reading takes longer than the updates.
    private static let releases: Result<[OpenAPIDocument], any Error> = Result {
        let directory = try #require(ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"])
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            .filter { $0.hasPrefix("management-2") && $0.hasSuffix(".yaml") }
        #expect(names.count > 1)
        return try names.map { try UpdateCase.document(at: "\(directory)/\($0)") }
    }

    /// A catalog whose next update creates actions for operations, by their tags.
    private func covering(_ operations: [OpenAPIDocument.Operation], in folder: CatalogFolder) -> CatalogFolder {
        var folder = folder
        let byTag = Dictionary(
            grouping: operations.filter { CatalogAction.Method(rawValue: $0.method) != nil },
            by: { $0.node["tags"]?.elements?.first?.scalar ?? "Other" })
        var text = "release: \"0\"\ncontent: sha256:\(String(repeating: "0", count: 64))\ncover:\n"
        for (tag, operations) in byTag.sorted(by: { $0.key < $1.key }) {
            text += "  - category: \(tag)\n    operations:\n"
            let paths = Dictionary(grouping: operations, by: { OperationIdentity($0.method, $0.path).path })
            for (path, operations) in paths.sorted(by: { $0.key < $1.key }) {
                text += "      \(path): [\(operations.map(\.method).joined(separator: ", "))]\n"
            }
        }
        folder.files["upstream.yaml"] = SourceFile(path: "spec/upstream.yaml", text: text)
        return folder
    }

    /// Returns the entries of all files, without the actions that the document no longer has: these keep the facts of
    /// the last document that had them, which a single update may skip.
    private func standing(in folder: CatalogFolder) throws -> [String: [String]] {
        var diagnostics = Diagnostics()
        let trees = CatalogTrees(of: folder, reporting: &diagnostics)
        let catalog = try #require(CatalogDecoder().decode(trees, reporting: &diagnostics)).catalog
        let gone = Set((catalog.dispositions?.gone ?? []).map(\.value))
        let actions = catalog.categories.flatMap(\.actions).filter { $0.identity.map(gone.contains) ?? false }
        let lines = actions.map { "\n    method: \($0.method.rawValue)\n    path: \($0.path.value)\n" }
        return folder.texts.mapValues { text in
            text.replacing("\n  - action:", with: "\u{0}\n  - action:").split(separator: "\u{0}").map(String.init)
                .filter { entry in !lines.contains { entry.contains($0) } }
        }
    }
}

/// Releases of the example's document, each with some of the parameters, fields, values and operations.
private struct RandomReleases {
    static let count = 4

    private var lives: [String: Set<Int>] = [:]

    init(using generator: inout SplitMix64) {
        let names =
            Self.parameters + Self.fields + Self.groupFields + Self.values + Self.operations
        for name in names {
            lives[name] = Set((0..<Self.count).filter { _ in generator.next() % 3 > 0 })
        }
        // Without it, there would be no object.
        lives[Self.groupFields[0]] = Set(0..<Self.count)
    }

    private static let parameters = [
        "{name: limit, in: query, schema: {type: integer, maximum: NUMBER}}",
        "{name: search, in: query, schema: {type: KIND}}",
        "{name: after, in: query, required: BOOLEAN, schema: {type: string}}",
        "{name: expand, in: query, schema: {type: array, items: {type: string}}}",
        "{name: sort, in: query, schema: {type: string, enum: [ORDERS]}}",
        "{name: Prefer, in: header, schema: {type: string}}",
    ]

    private static let fields = [
        "id: {type: string, readOnly: BOOLEAN}", "email: {type: string, nullable: BOOLEAN}",
        "status: {$ref: \"#/components/schemas/UserStatus\"}", "nickName: {type: string, maxLength: NUMBER}",
        "kind: {$ref: \"#/components/schemas/UserKind\"}", "address: {$ref: \"#/components/schemas/Address\"}",
        "extra: {type: object, properties: {a: {type: string}}}", "rank: RANK",
    ]

    private static let groupFields = [
        "id: {type: string, readOnly: true}", "rank: {$ref: \"#/components/schemas/Rank\"}",
        "kind: {$ref: \"#/components/schemas/UserKind\"}",
    ]

    private static let values = ["STAGED", "1FA", "GONE"]

    private static let operations = [
        "/api/v1/groups: {get: {responses: {\"200\": {}}}, post: {responses: {\"200\": {}}}}",
        "/api/v1/devices/{id}: {get: {responses: {\"200\": {}}}}", "/login: {get: {responses: {}}}",
    ]

    /// Values for a placeholder.
    private static let choices = [
        "NUMBER": ["1", "2", "3"], "KIND": ["string", "boolean"], "BOOLEAN": ["true", "false"],
        "ORDERS": ["asc", "asc, desc"], "STAGE": ["BETA", "EA", "GA"], "READER": ["getUser", "readUser"],
        "RANK": ["{type: string, enum: [X, Y]}", "{$ref: \"#/components/schemas/Rank\"}"],
    ]

    func text(of number: Int, using generator: inout SplitMix64) -> String {
        func some(_ names: [String]) -> [String] { names.filter { lives[$0]?.contains(number) ?? false } }
        let operations = some(Self.operations).map { "  \($0)" }
        var text = """
            openapi: 3.0.3
            info: {title: Example, version: "NUMBER"}
            paths:
              /api/v1/users:
                get:
                  operationId: listUsers
                  x-okta-lifecycle: {lifecycle: STAGE}
                  parameters: [\(some(Self.parameters).joined(separator: ", "))]
                  responses:
                    "200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}}}
              /api/v1/users/{id}:
                get:
                  operationId: READER
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}}
              /api/v1/groups/{id}:
                get:
                  deprecated: BOOLEAN
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Group"}}}}}
            \(operations.joined(separator: "\n"))
            components:
              schemas:
                User: {type: object, properties: {\(some(Self.fields).joined(separator: ", "))}}
                Group: {type: object, properties: {\(some(Self.groupFields).joined(separator: ", "))}}
                UserStatus: {type: string, enum: [\((["ACTIVE"] + some(Self.values)).joined(separator: ", "))]}
                UserKind: {type: object, properties: {name: {type: string}, rank: {$ref: "#/components/schemas/Rank"}}}
                Rank: {type: string, enum: [LOW, HIGH]}
                Address: {type: object, properties: {city: {type: string}, zip: {type: string}}}
            """
        for (name, choices) in Self.choices.sorted(by: { $0.key < $1.key }) {
            while let range = text.firstRange(of: name) {
                text.replaceSubrange(range, with: choices[Int(generator.next() % UInt64(choices.count))])
            }
        }
        return text
    }
}
