import Foundation
import HTTPTypes
import OktaRuntime
import OktaTestSupport
import Testing

/// The registries and the requests of the typed functions match Okta's documents, read independently of the generator.
///
/// The tests always compare a small document of the package. `OKTA_OPENAPI_DIRECTORY` names a folder with Okta's
/// documents, of which the newest of each service is compared too.
@Suite(.longCalculation) struct DocumentCallTests {
    /// A document, and its modules.
    struct Document: Sendable, CustomTestStringConvertible {
        let path: String
        let modules: [TestedModule]
        /// Whether every action is an operation of the document.
        let isWhole: Bool

        var testDescription: String { URL(fileURLWithPath: path).lastPathComponent }
    }

    static let documents: [Document] = {
        let small = Bundle.module.url(forResource: "document", withExtension: "yaml", subdirectory: "Fixtures")
        let folder = ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"]
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        let own = TestedModule.all.compactMap { module in
            names.filter { $0.hasPrefix("\(module.service)-") && $0.hasSuffix(".yaml") }.max().map { name in
                Document(path: "\(folder ?? "")/\(name)", modules: [module], isWhole: true)
            }
        }
        return (small.map { [Document(path: $0.path, modules: TestedModule.all, isWhole: false)] } ?? []) + own
    }()

    /// The actions by document. Each document is read once.
    private static let actions = Dictionary(
        documents.map { document in (document.path, Result { try DocumentedAction.all(of: document) }) },
        uniquingKeysWith: { first, _ in first })

    private static func actions(of document: Document) throws -> [DocumentedAction] {
        try #require(actions[document.path]).get()
    }

    @Test("Document: the small document has every kind of call that the catalogs have") func smallDocument() throws {
        let rows = try Self.actions(of: try #require(Self.documents.first)).map(\.row)
        #expect(rows.count == 17)
        #expect(Set(rows.map(\.bodyMedia)).count >= 6)
        #expect(Set(rows.map(\.responseMedia)).count >= 5)
        #expect(Set(rows.compactMap(\.credentials)).count == 4)
        #expect(rows.contains { $0.prefix != nil })
    }

    @Test("Document: every action of a module is an operation of its document", arguments: documents.filter(\.isWhole))
    func everyAction(_ document: Document) throws {
        let covered = Set(try Self.actions(of: document).map(\.action.swiftName))
        let actions = document.modules.flatMap(\.registry.actions).filter { $0.path != nil }.map(\.swiftName)
        #expect(Set(actions).subtracting(covered) == [])
    }

    @Test(
        "Document: parameters, media, scopes and credentials of the registry are those of the document",
        arguments: documents)
    func registry(_ document: Document) throws {
        for documented in try Self.actions(of: document) {
            let (row, action, pins) = (documented.row, documented.action, documented.pins)
            func kept(_ names: some Sequence<String>, _ fact: String) -> Set<String> {
                Set(names).subtracting(pins.parameters(with: fact))
            }
            let query = action.parameters.filter { $0.location == .query }
            #expect(kept(query.map(\.name), "type") == kept(row.query, "type"), "\(row)")
            #expect(row.query.isSubset(of: query.map(\.name)), "\(row)")
            #expect(kept(query.filter(\.isRepeated).map(\.name), "type") == kept(row.repeated, "type"), "\(row)")
            #expect(kept(query.filter { $0.type == .list }.map(\.name), "type") == kept(row.lists, "type"), "\(row)")
            let headers = action.parameters.filter { $0.location == .header }
            #expect(Set(headers.map { $0.name.lowercased() }) == row.headers, "\(row)")
            let required = (query + headers).filter(\.isRequired).map(\.name)
            #expect(kept(required, "required") == kept(row.required, "required"), "\(row)")
            if !pins.has("body") { #expect((action.body != nil) == !row.bodyMedia.isEmpty, "\(row)") }
            if !pins.has("scopes") { #expect(Set(action.scopes) == row.scopes, "\(row)") }
            if !pins.has("hostPrefix") { #expect(action.hostPrefix == row.prefix, "\(row)") }
            if !pins.has("paging"), !pins.has("returns") {
                #expect(action.isPaged || !(row.isArray && row.method == "GET"), "\(row)")
            }
            if !pins.has("authorization") { #expect(action.authorization == row.authorization, "\(row)") }
        }
    }

    @Test("Document: the typed functions send the requests that the document describes", arguments: documents)
    func requests(_ document: Document) async throws {
        for documented in try Self.actions(of: document) {
            let calls = documented.module.calls(of: documented.action)
            #expect(!calls.isEmpty, "\(documented.row)")
            for call in calls { try compare(await TestedModule.sent(by: call), with: documented) }
        }
    }

    private func compare(_ request: TransportRequest, with documented: DocumentedAction) throws {
        let (row, pins) = (documented.row, documented.pins)
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
        let pinned = pins.parameters(with: "type")
        #expect(Set(counts.keys).subtracting(pinned) == row.query.subtracting(pinned), "\(row)")
        for (name, count) in counts where !pinned.contains(name) {
            #expect(count == (row.repeated.contains(name) ? 2 : 1), "\(row) \(name)")
        }
        for name in row.headers {
            #expect(HTTPField.Name(name).flatMap { head.headerFields[$0] } != nil, "\(row) \(name)")
        }
        if !pins.has("authorization") {
            // The sample's client is a public one: its id is in the body.
            let sendsToken = ![.anonymous, .client].contains(row.authorization)
            #expect(head.headerFields[.authorization] == (sendsToken ? "SSWS test-token" : nil), "\(row)")
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            if row.authorization == .client { #expect(body.contains("client_id"), "\(row)") }
        }
        compareMedia(request, with: documented)
    }

    /// Whether only one of the document and the catalog has a body.
    private func hasOtherBody(_ documented: DocumentedAction) -> Bool {
        (documented.action.body != nil) == documented.row.bodyMedia.isEmpty
    }

    private func compareMedia(_ request: TransportRequest, with documented: DocumentedAction) {
        let (row, pins) = (documented.row, documented.pins)
        // A parameter of the call may replace the type of its body.
        if !row.headers.contains("content-type"), !(pins.has("body") && hasOtherBody(documented)) {
            let type = request.head.headerFields[.contentType].map(DocumentTable.plain)
            let isStated = row.bodyMedia.contains { stated in
                // The boundary of a multipart form is the client's.
                type == stated || type?.hasPrefix("\(stated);boundary=") ?? false
            }
            #expect(row.bodyMedia.isEmpty ? type == nil : isStated, "\(row) \(type ?? "no type")")
        }
        let hasBody = !row.bodyMedia.isEmpty || pins.has("body") || row.authorization == .client
        #expect((request.body ?? []).isEmpty || hasBody, "\(row)")
        guard !pins.has("accept") else { return }
        let accepted = request.head.headerFields[.accept].map(DocumentTable.plain) ?? ""
        let stated = row.responseMedia.first(where: DocumentTable.isJSON) ?? row.responseMedia.first
        let wanted = stated ?? "application/json"
        let isWanted = accepted == wanted || accepted.hasPrefix("\(wanted),") || accepted.hasPrefix("\(wanted);")
        #expect(isWanted, "\(row) \(accepted)")
    }
}
