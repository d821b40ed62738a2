import OktaCatalog
import OktaGenerator
import Testing
import YAML

/// Random names, many of them reserved: a catalog is rejected with a location for each name, or all names of a scope
/// differ.
@Suite(.longCalculation) struct RandomNamesTests {
    private static let words = [
        "self", "init", "Self", "Type", "json", "JSON", "await", "none", "some", "id", "ID", "id-", "call", "send",
        "body",
        "variant", "unknown", "with", "blank", "asRound", "As Round", "round", "user", "User", "user id", "userId",
        "USER_ID", "lenient", "hash", "hashValue", "description", "rawValue", "2fa", "default", "client", "request",
    ]
    private static let types = [
        "Round", "Square", "User", "UserFields", "UserForm", "Fields", "Variant", "ID", "Odds", "OddsActions",
        "OddsForms",
        "RoundShape", "UnknownShape", "Unknown", "JSONShape", "Shape", "View", "Text", "Word", "Person", "Key", "Rule",
    ]

    private struct Draw {
        var random: SplitMix64

        mutating func number(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        mutating func pick(_ list: [String]) -> String { list[number(list.count)] }
        mutating func some(_ list: [String], _ count: Int) -> [String] {
            var rest = list
            return (0..<count).map { _ in rest.remove(at: number(rest.count)) }
        }
        mutating func pin() -> String { number(24) == 0 ? ", swift: \"\(pick(RandomNamesTests.words))\"" : "" }
    }

    private func models(_ draw: inout Draw) -> String {
        let names = draw.some(Self.types, 5)
        var text = ""
        for (index, name) in names.enumerated() {
            text += "  - model: \(name)\n"
            if index > 0, draw.number(2) == 0 { text += "    extends: \(names[index - 1])\n" }
            if index < 3 {
                let forms = draw.some(Array(names.dropFirst(index + 1)), 2)
                text +=
                    draw.number(2) == 0
                    ? "    variants: [\(forms.joined(separator: ", "))]\n"
                    : "    discriminator: kind\n    variants: {A: \(forms[0]), B: \(forms[1])}\n"
            }
            if draw.number(12) == 0 { text += "    case: \"\(draw.pick(Self.words))\"\n" }
            let fields = draw.some(Self.words, draw.number(4)).map { "\"\($0)\": {type: string\(draw.pin())}" }
            text += "    fields: {\(fields.joined(separator: ", "))}\n"
        }
        let values = draw.some(Self.words, 3).map { "{value: \"\($0)\"\(draw.pin())}" }
        return text + "  - enum: Values\n    values: [\(values.joined(separator: ", "))]\n"
    }

    private func actions(_ draw: inout Draw) -> String {
        draw.some(Self.words, 2).enumerated().map { index, name in
            let parameters = draw.some(Self.words, 2).map { "\"\($0)\": {in: query, type: string\(draw.pin())}" }
            return """
                  - action: "\(name)"
                    summary: Tries.
                    method: GET
                    path: /odds\(index)
                    params: {\(parameters.joined(separator: ", "))}
                    returns: json

                """
        }.joined()
    }

    @Test("Random names: a random catalog is rejected, or all its names are unique")
    func aCatalogIsRefusedOrEachNameIsOneThing() throws {
        var draw = Draw(random: SplitMix64(seed: 14))
        var sound = 0
        for round in 0..<150 {
            let (models, actions) = (models(&draw), actions(&draw))
            let random = try #require(NameCase(actions: actions, models: models), "\(models)\(actions)")
            let names = random.names
            for finding in names.findings {
                #expect(finding.location?.file.hasSuffix(".yaml") == true)
                #expect(finding.hint?.isEmpty == false)
            }
            var diagnostics = Diagnostics()
            let plan = Planner().plan(random.catalog, reporting: &diagnostics)
            #expect(diagnostics.hasErrors == !names.findings.isEmpty)
            guard names.findings.isEmpty else { continue }
            sound += 1
            check(plan, round)
        }
        // Both outcomes must occur.
        #expect(sound > 20)
        #expect(sound < 130)
    }

    private func check(_ plan: Plan, _ round: Int) {
        for group in plan.groups {
            expectDistinct(group.functions.map(\.swiftName), round)
            for function in group.functions { expectDistinct(function.parameters.map(\.swiftName), round) }
        }
        let types = plan.modelFiles.flatMap(\.types)
        expectDistinct(types.map(\.name) + plan.groups.map(\.typeName), round)
        for type in types {
            switch type {
            case .enumeration(let enumeration): expectDistinct(enumeration.values.map(\.swiftName), round)
            case .model(let model):
                let views = model.discriminator == nil ? model.variants.map { DerivedNames.view(as: $0.model) } : []
                expectDistinct(model.allFields.map(\.swiftName) + views + [DerivedNames.variant], round)
                expectDistinct(model.variants.map(\.caseName) + [DerivedNames.unknown], round)
                expectDistinct(model.initializer.map(\.field.swiftName), round)
            case .alias(let alias): #expect(types.map(\.name).contains(alias.target))
            }
        }
    }

    private func expectDistinct(_ names: [SwiftName], _ round: Int) {
        #expect(Set(names).count == names.count, "round \(round): \(names)")
        for name in names { #expect(name != .reported && name.bare != "self" && name.bare != "init") }
    }
}
