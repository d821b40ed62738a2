import OktaCatalog
import Testing
import YAML

/// Every name of a catalog has one Swift name, which is derived or pinned, or is rejected.
@Suite struct SwiftNamesTests {
    // MARK: Derived names

    @Test(
        "Swift names: of fields",
        arguments: [
            ("login", "login"), ("user-id", "userId"), ("default", "`default`"), ("await", "`await`"),
            ("self", "selfLink"),
            ("init", "initValue"), ("json", "jsonValue"), ("lenient", "lenientValue"), ("variant", "variantValue"),
            ("issues", "issuesValue"), ("hashValue", "hashValue"), ("none", "noneValue"), ("Type", "type"),
            ("2fa", "_2fa"), ("description", "description"), ("hash", "hash"), ("from", "from"), ("with", "with"),
        ])
    func fields(_ name: String, _ expected: String) throws {
        let names = try #require(NameCase(models: "  - model: Thing\n    fields: {\"\(name)\": {type: string}}")).names
        #expect(names.findings.isEmpty)
        #expect(names.field(name, of: "Thing").source == expected)
    }

    @Test(
        "Swift names: of enumeration values",
        arguments: [
            ("ACTIVE", "active"), ("none", "noneValue"), ("self", "selfLink"), ("rawValue", "rawValueValue"),
            ("com.okta.telephony.provider", "telephonyProvider"), ("urn:okta:app:name", "name"), ("2048", "_2048"),
            ("https://a.example/b/last", "last"), ("oasis:names:tc:SAML", "saml"), ("default", "`default`"),
        ])
    func values(_ text: String, _ expected: String) throws {
        let names = try #require(NameCase(models: "  - enum: Odd\n    values: [\"\(text)\"]")).names
        #expect(names.findings.isEmpty)
        #expect(names.value(text, of: "Odd")?.source == expected)
        #expect(names.value("other", of: "Odd") == nil)
    }

    private func action(_ name: String, _ rest: String = "") -> String {
        "  - action: \(name)\n    summary: Tries.\n    method: GET\n    path: /odds\n    returns: json\n\(rest)"
    }

    @Test(
        "Swift names: of functions",
        arguments: [
            ("List Users", "listUsers"), ("Send", "send"), ("Init", "initAction"), ("Self", "selfAction"),
            ("Default", "`default`"),
        ])
    func functions(_ name: String, _ expected: String) throws {
        let former = "    renamed: [{from: Old \(name)}]\n    alternatives: {text/csv: bytes}"
        let names = try #require(NameCase(actions: action(name, former))).names
        #expect(names.findings.isEmpty)
        let function = names.groups[0].functions[0]
        #expect(function.name.source == expected)
        let words = IdentifierWords(name)
        #expect(function.formerNames.map(\.source) == ["old\(words.upperCamelCase)"])
        #expect(function.alternatives.map(\.name.source) == ["\(words.lowerCamelCase)AsCsv"])
        #expect(function.alternatives[0].formerNames.map(\.source) == ["old\(words.upperCamelCase)AsCsv"])
    }

    @Test(
        "Swift names: of parameters",
        arguments: [
            ("userId", "userId"), ("call", "call"), ("func", "`func`"), ("body", "bodyValue"), ("self", "selfValue"),
            ("init", "initValue"), ("json", "json"), ("X-Odd", "xOdd"),
        ])
    func parameters(_ name: String, _ expected: String) throws {
        let parameters = "    params: {\"\(name)\": {in: query, type: string}}"
        let names = try #require(NameCase(actions: action("Try", parameters))).names
        #expect(names.findings.isEmpty)
        #expect(names.groups[0].functions[0].parameters.map(\.source) == [expected])
    }

    @Test(
        "Swift names: of groups",
        arguments: [
            ("User Factor", "userFactor", "UserFactorActions"), ("Request", "requestGroup", "RequestActions"),
            ("Default", "`default`", "DefaultActions"), ("Self", "selfGroup", "SelfActions"),
        ])
    func groups(_ name: String, _ property: String, _ type: String) throws {
        let names = try #require(NameCase(category: "category: \(name)")).names
        #expect(names.findings.isEmpty)
        #expect(names.groups[0].property.source == property)
        #expect(names.groups[0].type.source == type)
    }

    private func union(_ forms: String..., rest: String = "") -> String {
        let variants = forms.map { "\($0.uppercased()): \($0)" }.joined(separator: ", ")
        return "  - model: Shape\n    discriminator: kind\n    variants: {\(variants)}\n"
            + forms.map { "  - model: \($0)\n" }.joined() + rest
    }

    @Test("Swift names: of union cases") func cases() throws {
        let forms = ["RoundShape", "UnknownShape", "JSONShape", "WithShape", "NoneShape", "Round", "Unknown"]
        let names = try #require(
            NameCase(
                models: union("RoundShape", "UnknownShape", "JSONShape", "WithShape", "NoneShape", "Round", "Unknown"))
        ).names
        #expect(names.findings.isEmpty)
        #expect(
            forms.map { names.caseName(of: $0, in: "Shape").bare } == [
                "roundShape", "unknownShape", "jsonShape", "withShape", "noneShape", "round", "unknownForm",
            ])
    }

    // MARK: Rejected names

    @Test(
        "Swift names: a pinned name is used unchanged or rejected",
        arguments: [
            "json", "self", "init", "variant", "issues", "lenient", "none", "_client", "First", "2nd", "`a`", "a b",
            "",
        ])
    func pinnedNameIsUsedUnchangedOrRejected(_ name: String) throws {
        let field = "  - model: Thing\n    fields: {a: {type: string, swift: \"\(name)\"}}"
        #expect(try #require(NameCase(models: field)).rules.count == 1)
        let value = "  - enum: Odd\n    values: [{value: a, swift: \"\(name)\"}]"
        let isOfFieldsAlone = ["variant", "issues", "lenient"].contains(name)
        #expect(try #require(NameCase(models: value)).rules.count == (isOfFieldsAlone ? 0 : 1))
        let form = "  - model: Square\n    case: \"\(name)\"\n"
        #expect(try #require(NameCase(models: union("Round", rest: form))).rules.count == 1)
    }

    @Test(
        "Swift names: a model named like a known type is rejected",
        arguments: [
            "String", "JSON", "Paged", "OktaModel", "Variant", "ID", "RawValue", "M", "Self", "SampleCall",
            "HTTPFields",
            "Swift", "person",
        ])
    func modelNamedLikeKnownTypeIsRejected(_ name: String) throws {
        for kind in ["model: \(name)", "enum: \(name)\n    values: [A]"] {
            let rules = try #require(NameCase(models: "  - \(kind)")).rules
            let rule = ["person": "invalid-name", "M": "swift-name-collision"][name] ?? "reserved-name"
            #expect(rules == [rule])
        }
    }

    @Test(
        "Swift names: a model named like a derived type is rejected",
        arguments: ["OddsActions", "OddsReaders", "OddsForms", "ParentFields", "ParentForm"])
    func modelNamedLikeDerivedTypeIsRejected(_ name: String) throws {
        let models = """
              - model: Parent
                variants: [Child]
              - model: Child
                extends: Parent
              - model: \(name)
            """
        let rules = try #require(NameCase(models: models)).rules
        #expect(rules.contains("swift-name-collision"))
    }

    @Test("Swift names: two fields with one name along a chain of models are rejected")
    func fieldsOfDescendantsDoNotMeet() throws {
        let refused = """
              - model: Parent
                fields: {user-id: {type: string}}
              - model: Middle
                extends: Parent
              - model: Child
                extends: Middle
                fields: {userId: {type: string}}
            """
        #expect(try #require(NameCase(models: refused)).rules == ["swift-name-collision"])
        let declaredAgain = refused.replacing("{userId: ", with: "{user-id: ")
        #expect(try #require(NameCase(models: declaredAgain)).rules.isEmpty)
        let siblings = refused.replacing("extends: Middle", with: "doc: Extends nothing")
        #expect(try #require(NameCase(models: siblings)).rules.isEmpty)
    }

    @Test("Swift names: a view of a variant is a property of its own union only")
    func viewOfVariantIsPropertyOfItsOwnUnionOnly()
        throws
    {
        let inherited = """
              - model: Parent
                fields: {asForm: {type: string}}
              - model: View
                extends: Parent
                variants: [Form]
              - model: Form
            """
        #expect(try #require(NameCase(models: inherited)).rules == ["swift-name-collision"])
        let own = """
              - model: View
                variants: [Form]
                fields: {asForm: {type: string}}
              - model: Child
                extends: View
                variants: [Form]
                fields: {other: {type: string}}
              - model: Form
            """
        let names = try #require(NameCase(models: own)).names
        #expect(names.findings.isEmpty)
        #expect(names.field("asForm", of: "View").bare == "asFormValue")
    }

    @Test(
        "Swift names: two types with one name in a module are rejected",
        arguments: ["OktaRuntime", "Swift", "JSON", "default", "a-b", "Odd"])
    func twoTypesWithOneNameInModuleAreRejected(_ name: String) throws {
        let models = "  - enum: Odd\n    values: [A]"
        #expect(try #require(NameCase(models: models, module: name)).rules.count == 1)
    }

    @Test(
        "Swift names: any group is a section of its category's file",
        arguments: ["Exports", "OddsActions", "main", "ActionRegistry"])
    func aGroupIsASection(_ name: String) throws {
        let models = "  - model: Thing\n    group: \(name)"
        #expect(try #require(NameCase(models: models)).rules.isEmpty)
    }

    /// Resolving names takes linear time, even for deep inheritance.
    @Test("Swift names: long inheritance chains are resolved in linear time") func longChainsAreResolvedInOneWalk()
        throws
    {
        let models = (0..<3000).map { index in
            "  - model: Level\(index)\n" + (index > 0 ? "    extends: Level\(index - 1)\n" : "")
                + "    fields: {field\(index): {type: string}}\n"
        }
        let names = try #require(NameCase(models: models.joined())).names
        #expect(names.findings.isEmpty)
        #expect(names.field("field2999", of: "Level2999").bare == "field2999")
    }
}
