import Foundation
import Okta
import OktaCatalog
import OktaSamples
import OktaTestSupport
import Testing
import YAML

/// Each variant of each union in the catalog: created by its initializer, sent, and read as the variant.
@Suite("Unions: variants") struct UnionFormTests {
    /// The unions of the catalog files with their variants, as `variant of union`.
    private static func listedForms() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var diagnostics = Diagnostics()
        let folder = try CatalogFolder(at: root.appendingPathComponent("Spec/management").path)
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics))
        let unions = catalog.modelFiles.flatMap(\.models)
        return unions.flatMap { union in
            Set(union.variants.map(\.model.value)).subtracting([union.name.value]).map {
                "\($0) of \(union.name.value)"
            }
        }
    }

    @Test("Unions: each variant in the catalog has a sample")
    func theSamplesAreWhole() throws {
        let listed = try Self.listedForms()
        #expect(listed.count > 100)
        #expect(SampleForm.okta.map(\.description).sorted() == listed.sorted())
    }

    @Test("Unions: the initializer of a variant matches the catalog", arguments: SampleForm.okta)
    func madeForms(_ sample: SampleForm) {
        for json in sample.made {
            #expect(ModelSchema.okta.issues(in: json, as: sample.form) == [], "\(json.text)")
            // Read as the union, so that the discriminator must be present.
            #expect(ModelSchema.okta.issues(in: json, as: sample.union) == [], "\(json.text)")
            for union in sample.unions(json) { #expect(union.text == json.text) }
            if let variant = sample.variant { #expect(variant(json)?.text == json.text) }
        }
    }

    @Test("Unions: a function accepts a variant and sends it unchanged", arguments: SampleForm.okta)
    func sentForms(_ sample: SampleForm) async throws {
        for json in sample.made {
            for call in sample.calls {
                let transport = RecordingTransport(answering: "{}")
                let client = try OktaClient(
                    configuration: OktaConfiguration(orgURL: "https://acme.okta.com", token: "test-token"),
                    transport: transport)
                try await call(client, json)
                let body = try #require(transport.requests.first?.body)
                #expect(String(decoding: body, as: UTF8.self) == json.text)
            }
        }
    }

    @Test("Unions: a field accepts a variant", arguments: SampleForm.okta)
    func fieldsTakeForms(_ sample: SampleForm) throws {
        for json in sample.made {
            for field in sample.fields {
                let value = try #require(field.set(json)[field.name], "\(field.owner).\(field.name)")
                let inside = value.kind == .array ? value[0] : value
                #expect(inside?.text == json.text, "\(field.owner).\(field.name)")
            }
        }
    }

    @Test("Unions: each union for requests is the body of a function or a field")
    func everyUnionIsUsed() {
        let unused = Set(SampleForm.okta.filter { $0.calls.isEmpty && $0.fields.isEmpty }.map(\.union))
        // Unions that occur only in responses, or that only Okta writes.
        let answers = Set(ActionRegistry.okta.actions.compactMap { $0.returns?.trimmingCharacters(in: ["[", "]"]) })
        let nested = Set(SampleForm.okta.map(\.form))
        for union in unused { #expect(answers.contains(union) || nested.contains(union), "\(union)") }
    }

    /// After `variant` is set, the union contains the variant's bytes, regardless of its previous contents.
    @Test("Unions: variant can be set without loss", arguments: SampleForm.okta.filter { $0.variant != nil })
    func variantIsSettable(_ sample: SampleForm) throws {
        let variant = try #require(sample.variant)
        let setVariant = try #require(sample.setVariant)
        for json in sample.made {
            let members = json.members ?? []
            let odd =
                "{ " + members.map { "\(JSON($0.key).text) :\($0.value.text)" }.joined(separator: " ,")
                + #" , "unknown\u0041":[ 1.0 ,{}] }"#
            let union = try JSON(parsing: odd)
            let form = try #require(variant(union))
            #expect(form.text == odd)
            #expect(setVariant(union, form).text == odd)
            #expect(setVariant(["other": 1], form).text == odd)

            var edited = form
            edited["added"] = 2
            let expected =
                "{" + members.map { "\(JSON($0.key).text):\($0.value.text)" }.joined(separator: ",")
                + #","unknown\u0041":[ 1.0 ,{}],"added":2}"#
            #expect(setVariant(union, edited).text == expected)
        }
    }

    @Test("Unions: an object of an unknown variant has none", arguments: SampleForm.okta.filter { $0.variant != nil })
    func otherObjects(_ sample: SampleForm) throws {
        let variant = try #require(sample.variant)
        for text in ["{}", "[]", "null", #"{"type":"NEW","signOnMode":null,"key":7}"#] {
            #expect(variant(try JSON(parsing: text)) == nil)
        }
    }
}
