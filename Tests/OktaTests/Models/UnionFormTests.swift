import Foundation
import HTTPTypes
import OktaCatalog
import OktaRuntime
import OktaTestSupport
import Testing
import YAML

/// All variants of all unions of all catalogs, created by their initializers, sent, and read as the variant.
@Suite("Unions: variants") struct UnionFormTests {
    @Test("Unions: each variant in the catalog has a sample", arguments: TestedModule.all)
    func theSamplesAreWhole(_ module: TestedModule) throws {
        // The unions with their variants, as `variant of union`.
        let listed = try module.catalog().modelFiles.flatMap(\.models).flatMap { union in
            Set(union.variants.map(\.model.value)).subtracting([union.name.value]).map {
                "\($0) of \(union.name.value)"
            }
        }
        #expect(!listed.isEmpty)
        #expect(module.forms.map(\.description).sorted() == listed.sorted())
    }

    @Test("Unions: the initializer of a variant matches the catalog", arguments: TestedModule.all)
    func madeForms(_ module: TestedModule) throws {
        let readOnly = try ReadOnlyFields(module.catalog())
        for sample in module.forms {
            for json in sample.made {
                let issues = module.schema.issues(in: json, as: sample.form)
                // An initializer does not take read-only fields, even if every response has them.
                let others = issues.filter { $0.reason != .missing || !readOnly.contains($0.path, in: sample.form) }
                #expect(others == [], "\(sample) \(json.text)")
                // The JSON is also read as the union, so the discriminator must be present. Without one, the variant
                // with the fewest issues counts, which may have others.
                let asUnion = module.schema.issues(in: json, as: sample.union)
                #expect(sample.variant == nil ? asUnion.count <= issues.count : asUnion == issues, "\(sample)")
                for union in sample.unions(json) { #expect(union.text == json.text) }
                if let variant = sample.variant { #expect(variant(json)?.text == json.text) }
            }
        }
    }

    @Test("Unions: a function accepts a variant and sends it unchanged", arguments: TestedForm.all)
    func sentForms(_ form: TestedForm) async throws {
        for json in form.sample.made {
            for call in form.sample.calls {
                let (client, transport) = try OktaClient.recording(returning: "{}")
                try await call(client, json)
                let request = try #require(transport.requests.first)
                let body = String(decoding: try #require(request.body), as: UTF8.self)
                if request.head.headerFields[.contentType] == "application/x-www-form-urlencoded" {
                    #expect(body == Self.form(of: json))
                } else {
                    #expect(body == json.text)
                }
            }
        }
    }

    /// Returns an object of texts without escapes as an HTML form, with the id of the sample calls' client.
    private static func form(of json: JSON) -> String {
        let members = (json.members ?? []).map { member in
            // A list has one element.
            (member.key, member.value[0]?.string ?? member.value.string ?? member.value.text)
        }
        let client = members.contains { $0.0 == "client_id" } ? [] : [("client_id", "client")]
        return (members + client).map { name, value in
            "\(name)=\(value.replacing(":", with: "%3A").replacing("/", with: "%2F"))"
        }.joined(separator: "&")
    }

    @Test("Unions: a field accepts a variant", arguments: TestedForm.all)
    func fieldsTakeForms(_ form: TestedForm) throws {
        for json in form.sample.made {
            for field in form.sample.fields {
                var inside = try #require(field.set(json)[field.name], "\(field.owner).\(field.name)")
                // The value is an element of a list, or has the key `k`.
                while inside.text != json.text, let next = inside[0] ?? inside["k"] { inside = next }
                #expect(inside.text == json.text, "\(field.owner).\(field.name)")
            }
        }
    }

    @Test("Unions: each union for requests is the body of a function or a field", arguments: TestedModule.all)
    func eachUnionForRequestsIsBodyOfFunctionOrField(_ module: TestedModule) {
        let unused = Set(module.forms.filter { $0.calls.isEmpty && $0.fields.isEmpty }.map(\.union))
        // The exceptions are bodies that are lists, unions that occur only in responses, and those that only Okta
        // writes.
        let lists = Set(module.registry.actions.compactMap(\.body))
        let returned = Set(module.registry.actions.compactMap { $0.returns?.trimmingCharacters(in: ["[", "]"]) })
        let nested = Set(module.forms.map(\.form))
        for union in unused {
            #expect(lists.contains("[\(union)]") || returned.contains(union) || nested.contains(union), "\(union)")
        }
    }

    /// After `variant` is set, the union contains the variant's bytes, regardless of its previous contents.
    @Test("Unions: variant can be set without loss", arguments: TestedForm.all.filter { $0.sample.variant != nil })
    func variantIsSettable(_ form: TestedForm) throws {
        let sample = form.sample
        let variant = try #require(sample.variant)
        let setVariant = try #require(sample.setVariant)
        for json in sample.made {
            let members = json.members ?? []
            let odd =
                "{ " + members.map { "\(JSON($0.key).text) :\($0.value.text)" }.joined(separator: " ,")
                + #" , "unknown\u0041":[ 1.0 ,{}] }"#
            let union = try JSON(parsing: odd)
            let held = try #require(variant(union))
            #expect(held.text == odd)
            #expect(setVariant(union, held).text == odd)
            #expect(setVariant(["other": 1], held).text == odd)

            var edited = held
            edited["added"] = 2
            let expected =
                "{" + members.map { "\(JSON($0.key).text):\($0.value.text)" }.joined(separator: ",")
                + #","unknown\u0041":[ 1.0 ,{}],"added":2}"#
            #expect(setVariant(union, edited).text == expected)
        }
    }

    @Test(
        "Unions: an object of an unknown variant has no known variant",
        arguments: TestedForm.all.filter { $0.sample.variant != nil })
    func otherObjects(_ form: TestedForm) throws {
        let variant = try #require(form.sample.variant)
        for text in ["{}", "[]", "null", #"{"type":"NEW","signOnMode":null,"key":7}"#] {
            #expect(variant(try JSON(parsing: text)) == nil)
        }
    }
}

/// The fields that only Okta sets, by model.
private struct ReadOnlyFields {
    private let models: [String: CatalogModel]

    init(_ catalog: Catalog) {
        models = Dictionary(
            catalog.modelFiles.flatMap(\.models).map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a missing member is one of these fields, or one of the objects around a resource, which only Okta
    /// writes.
    func contains(_ path: JSON.Path, in model: String) -> Bool {
        if let last = path.steps.last, [.key("_links"), .key("_embedded")].contains(last) { return true }
        return names(in: model).contains { path == JSON.Path([.key($0)]) }
    }

    /// Returns these fields of a model and of the models that it extends.
    private func names(in model: String) -> [String] {
        guard let model = models[model] else { return [] }
        return model.fields.filter(\.isReadOnly).map(\.name.value) + (model.extends.map { names(in: $0.value) } ?? [])
    }
}
