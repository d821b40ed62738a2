import Foundation
import GoldenDocument
import HTTPTypes
import OktaCatalog
import OktaRuntime
import Testing
import YAML

@testable import OktaUpstream

/// A document without a catalog, and its next release: `update` and the sentences of two forms make a catalog whose
/// module compiles. The module is the target `GoldenDocument`, which `GoldenTests` compares with the catalog.
@Suite(.longCalculation) struct NewDocumentTests {
    private static let path = "\(GoldenCase.root)/document"

    /// Writes one release, twice, as a person does: the first run lists the sentences, the second one reads them.
    private func updated(_ folder: CatalogFolder, to number: Int) throws -> CatalogFolder {
        let document = try UpdateCase.document(at: "\(Self.path)/release-\(number).yaml")
        var diagnostics = Diagnostics()
        let facts = try #require(
            SentencedUpdate(of: folder, to: document, writing: nil, for: "document", reporting: &diagnostics),
            "\(diagnostics.all)")
        let draft = folder.with(facts.result)
        let missing = try #require(
            MissingSentences(in: draft, of: "document", document, reporting: &diagnostics), "\(diagnostics.all)")
        let empty = SentenceFormText(of: [missing], former: nil, results: [:]).text
        #expect(
            try GoldenCase.expected(at: "\(Self.path)/sentences-\(number).txt", updatingTo: empty) == empty)
        let path = "\(Self.path)/sentences-\(number).yaml"
        let data = try #require(FileManager.default.contents(atPath: path))
        let form = try #require(
            SentenceForm(SourceFile(path: path, bytes: Array(data)), reporting: &diagnostics), "\(diagnostics.all)")
        let sentences = try #require(
            SentencedUpdate(of: draft, to: document, writing: form, for: "document", reporting: &diagnostics),
            "\(diagnostics.all)")
        let result = draft.with(sentences.result)
        let rest = try #require(MissingSentences(in: result, of: "document", document, reporting: &diagnostics))
        #expect(rest.count == 0, "\(SentenceFormText(of: [rest], former: nil, results: [:]).text)")
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
        return result
    }

    @Test("New document: two releases and their sentences give the catalog of the compiled module")
    func catalog() throws {
        var files: [String: SourceFile] = [:]
        for name in ["catalog.yaml", "upstream.yaml"] {
            let data = try #require(FileManager.default.contents(atPath: "\(Self.path)/start/\(name)"))
            files[name] = SourceFile(path: "spec/\(name)", bytes: Array(data))
        }
        let result = try (1...2).reduce(CatalogFolder(files: files)) { try updated($0, to: $1) }.texts
        for (name, text) in result {
            #expect(try GoldenCase.expected(at: "\(Self.path)/spec/\(name)", updatingTo: text) == text, "\(name)")
        }
        #expect(Set(result.keys) == Set(GoldenCase(name: "document", isOverlay: false).folder().files.keys))
    }

    // MARK: The compiled module

    private func request(_ call: (OktaClient) async throws -> Void) async throws -> TransportRequest {
        let transport = RecordingTransport(body: { _ in "{}" })
        try await call(try transport.client())
        return try #require(transport.requests.first)
    }

    @Test("New document: functions send what the document states") func requests() async throws {
        let client = try ClientAuthentication.secretBasic(clientID: "0oa1", secret: "s")
        let token = try await request {
            try await $0.access.requestToken(TokenQuery(grantType: "client_credentials"), client: client)
        }
        #expect(token.head.path == "/oauth2/v1/token")
        #expect(token.head.headerFields[.authorization]?.hasPrefix("Basic ") == true)
        #expect(String(decoding: token.body ?? [], as: UTF8.self) == "grant_type=client_credentials")
        let states = try await request { _ = try await $0.access.listStates() }
        #expect(states.head.authority == "drapp.acme.okta.com")
        let facts = try await request { _ = try await $0.access.getWarehouseFacts() }
        #expect(facts.head.headerFields[.authorization] == nil)
        let move = try await request {
            try await $0.item.moveItem("a/b", with: Target(shelf: "s"), itemIdInQuery: "c", bodyValue: "d")
        }
        #expect(move.head.path == "/api/v1/items/a%2Fb/move?itemId=c&body=d")
    }
}
