import Foundation
import HTTPTypes
import Okta
import OktaSamples
import OktaTestSupport
import Testing

/// The registry and the requests of the typed functions are what Okta's document says, read apart from the generator.
///
/// A small document of the package is always compared. `OKTA_OPENAPI_DIRECTORY` names a folder with Okta's own, of which the
/// newest `management-*.yaml` is compared too.
@Suite(.longCalculation) struct DocumentCallTests {
    /// The paths of the documents.
    static var documents: [String] {
        let own = Bundle.module.url(forResource: "document", withExtension: "yaml", subdirectory: "Fixtures")?.path
        let folder = ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"]
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        let newest = names.filter { $0.hasPrefix("management-") && $0.hasSuffix(".yaml") }.max()
        return [own, newest.flatMap { name in folder.map { "\($0)/\(name)" } }].compactMap { $0 }
    }

    /// The actions by method and path without the names of parameters.
    private static let actions = Dictionary(
        ActionRegistry.okta.actions.compactMap { action in
            action.path.map { path in
                ("\(action.method?.rawValue ?? "") \(path.replacing(/\{[^}]*\}/, with: "{}"))", action)
            }
        }, uniquingKeysWith: { first, _ in first })

    /// The rows of a document that an action stands for, each with its action.
    private func covered(_ document: String) throws -> [(row: DocumentTable.Row, action: ActionDescriptor)] {
        try DocumentTable(contentsOf: document).rows.compactMap { row in
            Self.actions["\(row.method) \(row.erased)"].map { (row, $0) }
        }
    }

    @Test("Document: the small document has every kind of call that the catalog has") func smallDocument() throws {
        let rows = try covered(try #require(Self.documents.first)).map(\.row)
        #expect(rows.count == 12)
        #expect(Set(rows.map(\.bodyMedia)).count >= 4)
        #expect(Set(rows.map(\.responseMedia)).count >= 4)
        #expect(Set(rows.compactMap(\.credentials)).count == 3)
    }

    @Test(
        "Document: parameters, media, scopes and credentials of the registry are those of the document",
        arguments: documents)
    func registry(_ document: String) throws {
        for (row, action) in try covered(document) {
            let query = action.parameters.filter { $0.location == .query }
            #expect(Set(query.map(\.name)) == row.query, "\(row)")
            #expect(Set(query.filter(\.isRepeated).map(\.name)) == row.repeated, "\(row)")
            #expect(Set(query.filter { $0.type == .list }.map(\.name)) == row.lists, "\(row)")
            let headers = action.parameters.filter { $0.location == .header }
            #expect(Set(headers.map { $0.name.lowercased() }) == row.headers, "\(row)")
            #expect(Set((query + headers).filter(\.isRequired).map(\.name)) == row.required, "\(row)")
            #expect((action.body != nil) == !row.bodyMedia.isEmpty, "\(row)")
            #expect(Set(action.scopes) == row.scopes, "\(row)")
            #expect(action.hostPrefix == row.prefix, "\(row)")
            #expect(action.isPaged || !(row.isArray && row.method == "GET"), "\(row)")
            switch row.credentials {
            case nil, ["oauth2", "apiToken"]: #expect(action.authorization == .token, "\(row)")
            case []: #expect(action.authorization == .anonymous, "\(row)")
            case let kinds?: #expect([action.authorization.rawValue] == kinds, "\(row)")
            }
        }
    }

    @Test("Document: the typed functions send what the document says", arguments: documents)
    func requests(_ document: String) async throws {
        let calls = Dictionary(grouping: SampleCall.okta) { "\($0.category)/\($0.function)" }
        for (row, action) in try covered(document) {
            let function = try #require(action.swiftName.split(separator: ".").last)
            let call = try #require(calls["\(action.category)/\(function)"]?.first, "\(row)")
            let transport = RecordingTransport(answering: call.response)
            let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "test-token")
            try await call.run(OktaClient(configuration: configuration, transport: transport))
            let request = try #require(transport.requests.first, "\(row)")
            try compare(request, with: row)
        }
    }

    private func compare(_ request: TransportRequest, with row: DocumentTable.Row) throws {
        let head = request.head
        #expect(head.method.rawValue == row.method, "\(row)")
        #expect(head.authority == row.prefix.map { "\($0).acme.okta.com" } ?? "acme.okta.com", "\(row)")
        let parts = try #require(head.path).split(separator: "?", maxSplits: 1).map(String.init)
        let sent = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        let stated = row.path.split(separator: "/", omittingEmptySubsequences: false)
        #expect(sent.count == stated.count, "\(row)")
        for (segment, template) in zip(sent, stated) {
            #expect(template.contains("{") ? !segment.isEmpty : segment == template, "\(row)")
        }
        // A sample has two elements for each list.
        var counts: [String: Int] = [:]
        for parameter in parts.dropFirst().joined().split(separator: "&") {
            counts[String(parameter.prefix { $0 != "=" }), default: 0] += 1
        }
        #expect(Set(counts.keys) == row.query, "\(row)")
        for (name, count) in counts { #expect(count == (row.repeated.contains(name) ? 2 : 1), "\(row) \(name)") }
        for name in row.headers {
            #expect(HTTPField.Name(name).flatMap { head.headerFields[$0] } != nil, "\(row) \(name)")
        }
        let isSecret = row.credentials.map { $0.isEmpty || $0 == ["client"] } ?? false
        #expect((head.headerFields[.authorization] == nil) == isSecret, "\(row)")
        compareMedia(request, with: row)
    }

    private func compareMedia(_ request: TransportRequest, with row: DocumentTable.Row) {
        // A parameter of the call may replace the type of its body.
        if !row.headers.contains("content-type") {
            let type = request.head.headerFields[.contentType].map(DocumentTable.plain)
            let isStated = row.bodyMedia.contains { stated in
                // The boundary of a multipart form is the client's.
                type == stated || type?.hasPrefix("\(stated);boundary=") ?? false
            }
            #expect(row.bodyMedia.isEmpty ? type == nil : isStated, "\(row) \(type ?? "no type")")
        }
        #expect((request.body ?? []).isEmpty || !row.bodyMedia.isEmpty, "\(row)")
        let accepted = request.head.headerFields[.accept].map(DocumentTable.plain) ?? ""
        let stated = row.responseMedia.first(where: DocumentTable.isJSON) ?? row.responseMedia.first
        let wanted = stated ?? "application/json"
        let isWanted = accepted == wanted || accepted.hasPrefix("\(wanted),") || accepted.hasPrefix("\(wanted);")
        #expect(isWanted, "\(row) \(accepted)")
    }
}
