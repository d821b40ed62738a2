import OktaRuntime
import Testing

/// Objects of unions, validated against the schema of their variants.
@Suite("ModelSchema: forms")
struct ModelFormCheckTests {
    private static let schema = ModelSchema(
        text: #"""
            {"Shape":{"discriminator":"type","variants":{"ROUND":"Round","FLAT":"Shape","LOOP":"Knot"},
                "fields":{"type":"string","size":{"type":"integer","required":true}}},
             "Round":{"parent":"Shape","fields":{"radius":"number"}},
             "Knot":{"discriminator":"kind","variants":{"SLIP":"Slip"},"fields":{"kind":"string"}},
             "Slip":{"fields":{"rope":{"type":"string","required":true}}},
             "Either":{"variants":["Left","Right"],"fields":{}},
             "Left":{"fields":{"left":{"type":"string","required":true}}},
             "Right":{"fields":{"right":{"type":"string","required":true},"other":"Shape"}},
             "Any":{"variants":["Knot","Free"],"fields":{}},
             "Free":{"fields":{"kind":"string"}},
             "Ouroboros":{"discriminator":"t","variants":{"a":"Tail"},"fields":{"t":"string"}},
             "Tail":{"discriminator":"t","variants":{"a":"Ouroboros"},"fields":{"t":"string"}}}
            """#)

    private func issues(_ text: String, as model: String) throws -> [String] {
        Self.schema.issues(in: try JSON(parsing: text), as: model).map(\.description)
    }

    @Test(
        "ModelSchema: the discriminator picks the form",
        arguments: [
            (#"{"type":"ROUND","size":1,"radius":2}"#, []),
            (#"{"type":"ROUND","radius":2}"#, ["$.size: missing"]),
            (#"{"type":"FLAT","size":1}"#, []),
            (#"{"type":"FLAT","size":1,"radius":2}"#, ["$.radius: not in the catalog"]),
            (#"{"type":"SQUARE","size":1}"#, ["$.type: not in the catalog"]),
            (#"{"size":1}"#, []),
        ] as [(String, [String])])
    func discriminated(text: String, expected: [String]) throws {
        #expect(try issues(text, as: "Shape") == expected)
    }

    @Test(
        "ModelSchema: a variant need not declare its discriminator, and may be a union",
        arguments: [
            (#"{"type":"LOOP","kind":"SLIP","rope":"r"}"#, []),
            (#"{"type":"LOOP","kind":"SLIP"}"#, ["$.rope: missing"]),
            (#"{"type":"LOOP","kind":"GRANNY"}"#, ["$.kind: not in the catalog"]),
        ] as [(String, [String])])
    func nested(text: String, expected: [String]) throws {
        #expect(try issues(text, as: "Shape") == expected)
    }

    @Test(
        "ModelSchema: without a discriminator the form that fits best counts",
        arguments: [
            (#"{"left":"a"}"#, []),
            (#"{"right":"a","other":{"type":"FLAT","size":1}}"#, []),
            (#"{"right":"a","other":{}}"#, ["$.other.size: missing"]),
            (#"{"right":1,"other":{"size":1}}"#, ["$.right: expected string, found number"]),
        ] as [(String, [String])])
    func undiscriminated(text: String, expected: [String]) throws {
        #expect(try issues(text, as: "Either") == expected)
    }

    @Test("ModelSchema: an unknown value counts against the form that it is unknown to")
    func unknownValues() throws {
        #expect(try issues(#"{"kind":"GRANNY"}"#, as: "Any") == [])
        #expect(try issues(#"{"kind":"SLIP","rope":"r"}"#, as: "Any") == [])
    }

    @Test("ModelSchema: unions that are forms of each other end")
    func circular() throws {
        #expect(try issues(#"{"t":"a"}"#, as: "Ouroboros") == [])
    }
}
