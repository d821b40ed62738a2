import Foundation

@testable import OktaDrift

/// A JSON value as a tree.
indirect enum TreeValue: Decodable {
    case null, boolean, integer, number
    case string(String)
    case array([TreeValue])
    case object([String: TreeValue])

    init(from decoder: any Decoder) throws {
        if let members = try? [String: TreeValue](from: decoder) {
            self = .object(members)
        } else if let elements = try? [TreeValue](from: decoder) {
            self = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if (try? container.decode(Bool.self)) != nil {
                self = .boolean
            } else if let text = try? container.decode(String.self) {
                self = .string(text)
            } else {
                self = (try? container.decode(Int64.self)) == nil ? .number : .integer
            }
        }
    }

    init?(json text: String) {
        guard let value = try? JSONDecoder().decode(TreeValue.self, from: Data(text.utf8)) else { return nil }
        self = value
    }

    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "list"
        case .object: "object"
        }
    }
}

/// A simple reference implementation that compares a value with a type, for verifying the walk over bytes.
struct TreeWalk {
    let catalog: APIDescription
    private var findings: [String: Int] = [:]

    init(catalog: APIDescription) {
        self.catalog = catalog
    }

    /// The findings, with their counts.
    var counted: [String] { findings.map { "\($0.value) \($0.key)" }.sorted() }

    mutating func visit(_ value: TreeValue, as use: TypeUse, subject: String, path: String) {
        let shape = catalog.shapes[use.shape]
        switch (value, shape.kind) {
        case (_, .any), (_, .bytes), (_, .certificate), (_, .file): return
        case (.null, _):
            if !use.isNullable { report(TrafficRules.unexpectedNull, subject) }
        case (.string(let text), .enumeration):
            guard !shape.values.contains(where: { $0.value == text }) else { return }
            report(TrafficRules.unknownValue, shape.name ?? subject, [.init("form", Self.form(text))])
        case (.string(let text), .dateTime):
            if !Self.form(text).hasPrefix("9-9-9A9:9:9") { mismatch(value, use, subject) }
        case (.string, .string), (.string, .uri), (.string, .duration), (.string, .base64), (.boolean, .boolean),
            (.integer, .integer), (.integer, .number), (.number, .number):
            return
        case (.array(let elements), .array):
            guard let element = shape.element else { return }
            for item in elements { visit(item, as: element, subject: "\(subject)[]", path: path) }
        case (.object(let members), .map):
            guard let element = shape.element else { return }
            for member in members.values { visit(member, as: element, subject: "\(subject)[]", path: path) }
        case (.object(let members), .object): visit(members, as: shape)
        default: mismatch(value, use, subject)
        }
    }

    private mutating func visit(_ members: [String: TreeValue], as declared: Shape) {
        let forms = forms(of: declared, for: members)
        let owner = forms.count == 1 ? forms[0].name ?? "" : declared.name ?? ""
        for (key, member) in members {
            let match = forms.lazy.compactMap { form in
                form.fields.first { $0.name == key }.map { ($0, $0.origin ?? form.name ?? owner) }
            }.first
            if let (field, owner) = match {
                visit(member, as: field.use, subject: "\(owner).\(field.symbol)", path: "")
            } else if !forms.contains(where: \.isOpen) {
                report(TrafficRules.unknownField, "\(owner).\(Self.shown(key))", [.init("found", member.kind)])
            }
        }
    }

    private mutating func forms(of shape: Shape, for members: [String: TreeValue]) -> [Shape] {
        guard !shape.variants.isEmpty else { return [shape] }
        guard let discriminator = shape.discriminator else {
            return [shape] + shape.variants.map { catalog.shapes[$0.use.shape] }
        }
        guard case .string(let value)? = members[discriminator] else { return [shape] }
        guard let variant = shape.variants.first(where: { $0.key == value }) else {
            let subject = "\(shape.name ?? "").\(discriminator)"
            report(TrafficRules.unknownValue, subject, [.init("form", Self.form(value))])
            return [shape]
        }
        let form = catalog.shapes[variant.use.shape]
        guard form.name != shape.name, !form.variants.isEmpty else { return [form] }
        return [form] + form.variants.map { catalog.shapes[$0.use.shape] }
    }

    /// The format of a text, by Unicode scalars.
    private static func form(_ text: String) -> String {
        var form = ""
        for scalar in text.unicodeScalars.prefix(64) {
            let mark: Character =
                switch scalar {
                case "A"..."Z": "A"
                case "a"..."z": "a"
                case "0"..."9": "9"
                case "_", "-", ".", ":", "/": Character(scalar)
                default: "?"
                }
            if form.last != mark { form.append(mark) }
        }
        return form.isEmpty ? "empty" : form
    }

    private static func shown(_ key: String) -> String {
        key.wholeMatch(of: /[A-Za-z0-9_$-]{1,48}/) != nil && key.count(where: \.isNumber) <= 4 ? key : "<\(form(key))>"
    }

    private mutating func mismatch(_ value: TreeValue, _ use: TypeUse, _ subject: String) {
        report(
            TrafficRules.unexpectedType, subject,
            [.init("found", value.kind), .init("expected", TypeName.of(use, in: catalog))])
    }

    private mutating func report(_ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument] = []) {
        findings["\(rule.id) \(subject) \(rule.message(with: arguments))", default: 0] += 1
    }
}
