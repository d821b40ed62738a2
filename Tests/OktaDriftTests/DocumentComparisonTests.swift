import Foundation
import OktaCatalog
import OktaDrift
import OktaUpstream
import Testing
import YAML

/// Comparing documents: equivalent documents have no differences, and all others do.
@Suite(.longCalculation) struct DocumentComparisonTests {
    private let base = SourceFile(
        path: "base.yaml",
        text: """
            openapi: 3.0.3
            info: {title: A small API, version: "1"}
            paths:
              /api/v1/nodes/{nodeId}:
                get:
                  operationId: getNode
                  tags: [Node]
                  summary: Reads a node
                  x-okta-lifecycle: {lifecycle: GA, isGenerallyAvailable: true, SKUs: [One]}
                  parameters:
                    - {name: nodeId, in: path, required: true, schema: {type: string, pattern: "^n"}}
                    - {name: depth, in: query, schema: {type: integer, minimum: 1}}
                  responses:
                    "200":
                      description: The node
                      headers: {X-Count: {schema: {type: integer}}}
                      content:
                        application/json:
                          schema: {$ref: "#/components/schemas/Node"}
                  security: [{oauth2: [okta.nodes.read]}]
            components:
              schemas:
                Base:
                  type: object
                  required: [id]
                  properties:
                    id: {type: string, readOnly: true, example: n1}
                Node:
                  description: A node
                  allOf:
                    - {$ref: "#/components/schemas/Base"}
                    - type: object
                      properties:
                        label: {type: string, nullable: true, maxLength: 9, description: What it says}
                        kind: {type: string, enum: [leaf, branch]}
                        parent: {$ref: "#/components/schemas/Node"}
                        children: {type: array, items: {$ref: "#/components/schemas/Node"}, maxItems: 4}
                        tags: {type: object, additionalProperties: {type: string, format: uri}}
                        shape:
                          oneOf: [{type: object, properties: {size: {type: number}}}, {type: object, not: {type: string}}]
            """)

    private func changes(_ old: SourceFile, _ new: SourceFile) throws -> [Change] {
        DescriptionComparison(
            from: try DriftCase.description(old), to: try DriftCase.description(new), names: .ignored
        ).run().changes
    }

    private func edited(_ edits: (String, String)...) -> SourceFile {
        let text = edits.reduce(String(decoding: base.bytes, as: UTF8.self)) { $0.replacing($1.0, with: $1.1) }
        return SourceFile(path: "edited.yaml", text: text)
    }

    /// An update adds such a parameter to the action.
    @Test("Drift: a parameter in the header Content-Type is a change")
    func contentTypeParameter() throws {
        let depth = "        - {name: depth, in: query, schema: {type: integer, minimum: 1}}\n"
        let header = "        - {name: Content-Type, in: header, schema: {type: string}}\n"
        let found = try changes(base, edited((depth, depth + header)))
        #expect(found.map(\.rule.id) == ["parameter-added"])
    }

    /// The variants are merged with their base, which lists the variants again. The merge must terminate and not depend
    /// on their order.
    @Test("Drift: a base can list inline variants that extend it")
    func inlineVariantsOfTheirBase() throws {
        func document(_ last: String) -> SourceFile {
            let variants = (0..<12).map { number in
                let type = number == 11 ? last : "string"
                return "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {v\(number): {type: \(type)}}}]}"
            }
            return edited(("    Base:\n", "    Base:\n      oneOf: [\(variants.joined(separator: ", "))]\n"))
        }
        #expect(try changes(document("string"), document("string")).isEmpty)
        #expect(try !changes(document("string"), document("integer")).isEmpty)
    }

    /// Swift's `==` treats both as equal; JSON, and therefore an org, does not.
    @Test("Drift: names in another Unicode form are different names")
    func unicodeForms() throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        for (text, key) in [("label: {type", "label"), ("[leaf, branch]", "leaf")] {
            let old = edited((text, text.replacing(key, with: composed)))
            let new = edited((text, text.replacing(key, with: decomposed)))
            #expect(try changes(old, old).isEmpty)
            let rules = Set(try changes(old, new).map(\.rule.id))
            #expect(rules == (key == "leaf" ? ["value-removed", "value-added"] : ["field-removed", "field-added"]))
        }
    }

    @Test("Drift: keys and values without a rule are compared by their bytes")
    func unicodeFormsWithoutRule() throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        for form in ["{NAME: 1}", "NAME", "[NAME]", "{a: {NAME: [1]}}"] {
            func document(_ name: String) -> SourceFile {
                let line = "operationId: getNode\n"
                return edited((line, "\(line)      x-note: \(form.replacing("NAME", with: name))\n"))
            }
            #expect(try changes(document(composed), document(composed)).isEmpty)
            let rules = Set(try changes(document(composed), document(decomposed)).map(\.rule.id))
            #expect(rules == ["unmodelled-difference"], "\(form)")
        }
    }

    /// A document in JSON, or with its keys in another order, is equivalent.
    @Test("Drift between documents: the form of a document does not matter") func formDoesNotMatter() throws {
        var diagnostics = Diagnostics()
        let root = try #require(YAMLLoader().load(base, reporting: &diagnostics))
        for isReversed in [false, true] {
            let text = Self.json(root, isReversed: isReversed)
            #expect(try changes(base, SourceFile(path: "base.json", text: text)).isEmpty)
        }
    }

    private static func json(_ node: YAMLNode, isReversed: Bool) -> String {
        switch node.content {
        case .scalar(let text, let style):
            let isBare = style == .plain && (Int(text) != nil || text == "true" || text == "false")
            return isBare ? text : "\"\(text)\""
        case .sequence(let elements):
            return "[\(elements.map { json($0, isReversed: isReversed) }.joined(separator: ", "))]"
        case .mapping(let entries):
            let ordered = isReversed ? entries.reversed() : entries
            return
                "{\(ordered.map { "\"\($0.name)\": \(json($0.value, isReversed: isReversed))" }.joined(separator: ", "))}"
        }
    }

    /// The names of path parameters do not identify an operation.
    @Test("Drift between documents: a renamed path parameter leaves the operation the same")
    func aRenamedPathParameterIsTheSameOperation() throws {
        let result = DescriptionComparison(
            from: try DriftCase.description(base), to: try DriftCase.description(edited(("nodeId", "id"))),
            names: .ignored
        ).run()
        #expect(result.added.isEmpty && result.removed.isEmpty)
        #expect(result.changes.map(\.rule.id) == ["path-parameter-renamed"])
    }

    /// A schema that moves into another one is compared by its contents.
    @Test("Drift between documents: schemas are compared by content, not by name")
    func schemasAreComparedByWhatTheyHold() throws {
        let inlined = edited(
            (
                """
                        - {$ref: "#/components/schemas/Base"}

                """,
                """
                        - {type: object, required: [id], properties: {id: {type: string, readOnly: true, example: n1}}}

                """
            ))
        #expect(try changes(base, inlined).isEmpty)
    }

    /// All changed values of the document are detected, even if no rule covers them.
    @Test("Drift between documents: every changed value is reported") func everyChangedValueIsNoticed() throws {
        var diagnostics = Diagnostics()
        let root = try #require(YAMLLoader().load(base, reporting: &diagnostics))
        let count = Self.scalarCount(root)
        #expect(count > 40)
        var silent: [String] = []
        for index in 0..<count {
            var remaining = index
            var changed = ""
            let text = Self.json(Self.mutated(root, &remaining, &changed), isReversed: false)
            let file = SourceFile(path: "mutated.json", text: text)
            // Some mutations give an invalid OpenAPI document.
            guard OpenAPIDocument(file, reporting: &diagnostics) != nil else { continue }
            // The version of the specification does not affect the API.
            if try changes(base, file).isEmpty, changed != "3.0.3 at 1" { silent.append(changed) }
        }
        #expect(silent.isEmpty)
    }

    private static func scalarCount(_ node: YAMLNode) -> Int {
        switch node.content {
        case .scalar: 1
        case .sequence(let elements): elements.reduce(0) { $0 + scalarCount($1) }
        case .mapping(let entries): entries.reduce(0) { $0 + scalarCount($1.value) }
        }
    }

    /// The document with one value changed.
    private static func mutated(_ node: YAMLNode, _ remaining: inout Int, _ changed: inout String) -> YAMLNode {
        var result = node
        switch node.content {
        case .scalar(let text, let style):
            if remaining == 0 {
                changed = "\(text) at \(node.location.start.line)"
                let other = text == "true" ? "false" : Int(text).map { "\($0 + 1)" } ?? text + "X"
                result.content = .scalar(other, style)
            }
            remaining -= 1
        case .sequence(let elements):
            result.content = .sequence(elements.map { mutated($0, &remaining, &changed) })
        case .mapping(let entries):
            result.content = .mapping(
                entries.map { YAMLEntry(key: $0.key, value: mutated($0.value, &remaining, &changed)) })
        }
        return result
    }

    /// Long or circular chains of references neither trap nor run endlessly.
    @Test("Drift between documents: recursive schemas and long chains of references end") func circlesAndLongChainsEnd()
        throws
    {
        let head =
            "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        \"200\":\n          content:\n"
            + "            application/json: {schema: {$ref: \"#/components/schemas/S0\"}}\ncomponents:\n  schemas:\n"
        let count = 1_000
        func document(_ form: (Int) -> String) -> SourceFile {
            SourceFile(path: "chain.yaml", text: head + (0..<count).map { "    S\($0): \(form($0))\n" }.joined())
        }
        func reference(_ index: Int) -> String { "{$ref: \"#/components/schemas/S\(index % count)\"}" }
        let fields = document { "{type: object, properties: {next: \(reference($0 + 1))}}" }
        let end = "{type: object, properties: {end: {type: string}}}"
        let parents = document {
            $0 % 100 == 99 ? end : "{allOf: [\(reference($0 + 1)), {properties: {f\($0): {type: string}}}]}"
        }
        let aliases = document { $0 + 1 == count ? end : reference($0 + 1) }
        for file in [fields, parents, aliases] {
            #expect(try changes(file, file).isEmpty)
            #expect(try !changes(file, base).isEmpty)
        }
    }
}
