import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// Media types of a request body besides the one in the catalog.
@Suite struct BodyMediaTests {
    private static let things = ##"{"schema": {"$ref": "#/components/schemas/Thing"}}"##
    private static let others = #"{"schema": {"type": "object", "properties": {"other": {"type": "string"}}}}"#
    private static let file =
        #"{"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}"#
    private static let bytes = #"{"schema": {"type": "string", "format": "binary"}}"#

    private func setup(_ content: [(media: String, value: String)], facts: String = "") -> FactSetup {
        let list = content.map { "\"\($0.media)\": \($0.value)" }.joined(separator: ", ")
        return FactSetup(
            method: "post",
            operation: #""requestBody": {"required": true, "content": {\#(list)}}, "# + FactSetup.noContent,
            components: #"{"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"}}}}}"#,
            facts: facts)
    }

    private static let held: [([(String, String)], String)] = [
        ([("application/json", things), ("application/x-www-form-urlencoded", things)], "body: Thing\n"),
        ([("application/x-www-form-urlencoded", things), ("application/json", things)], "body: Thing\n"),
        ([("application/json", things), ("application/merge-patch+json", things)], "body: Thing\n"),
        (
            [
                ("application/json", things),
                (
                    "application/xml",
                    ##"{"schema": {"description": "The same", "allOf": [{"$ref": "#/components/schemas/Thing"}]}}"##
                ),
            ], "body: Thing\n"
        ),
        (
            [("application/pkix-cert", bytes), ("application/x-pem-file", bytes)],
            "body: {type: certificate, media: [application/pkix-cert, application/x-pem-file]}\n"
        ),
        ([("multipart/form-data", file)], "body: {type: file, media: [multipart/form-data]}\n"),
    ]

    @Test("Body media: another one with the same schema is not a loss", arguments: held.indices)
    func sameSchema(_ index: Int) throws {
        let (content, expected) = Self.held[index]
        let (text, errors) = try setup(content.map { ($0.0, $0.1) }).updated()
        #expect(errors.isEmpty)
        #expect(text?.contains(expected) == true, "\(text ?? "")")
    }

    private static let lost: [[(String, String)]] = [
        [("application/json", things), ("application/x-www-form-urlencoded", others)],
        [("application/x-www-form-urlencoded", others), ("application/json", things)],
        [("application/json", things), ("application/vnd.other+json", others)],
        [("application/json", things), ("multipart/form-data", file)],
        [("application/octet-stream", bytes), ("multipart/form-data", file)],
        [("multipart/form-data", file), ("application/octet-stream", bytes)],
        [("application/json", things), ("text/plain", "{}")],
    ]

    @Test("Body media: another one with another schema is an error, unless the body is pinned", arguments: lost.indices)
    func otherSchema(_ index: Int) throws {
        let content = Self.lost[index].map { (media: $0.0, value: $0.1) }
        #expect(try setup(content).action().unsupported.count == 1)
        let errors = try setup(content).updated().errors
        #expect(errors.map(\.rule) == ["unsupported-fact"])
        #expect(errors.first?.message.contains("another schema") == true)
        #expect(errors.first?.hint?.contains("pinned: [body]") == true)
        let pinned = setup(content, facts: "pinned: [body]\nbody: json")
        #expect(try pinned.action().unsupported.isEmpty)
        #expect(try pinned.updated().errors.isEmpty)
    }
}
