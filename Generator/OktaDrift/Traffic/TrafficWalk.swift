import YAML

/// Walks one body beside the type that the catalog gives it.
struct TrafficWalk {
    /// Something that the catalog does not know.
    struct Finding {
        var rule: DriftRule
        var subject: String
        var arguments: [Change.Argument]
        /// The place in the body, with list positions erased.
        var path: String
    }

    let catalog: APIDescription
    private(set) var findings: [Finding] = []

    init(catalog: APIDescription) {
        self.catalog = catalog
    }

    mutating func visit(_ value: RecordedValue, as use: TypeUse, subject: String, path: String) {
        let shape = catalog.shapes[use.shape]
        switch (value, shape.kind) {
        case (_, .any), (_, .bytes), (_, .certificate), (_, .file): return
        case (.null, _):
            if !use.isNullable { report(TrafficFamily.unexpectedNull, subject, [], path) }
        case (.string(let text), .enumeration):
            guard !shape.values.contains(where: { $0.value == text }) else { return }
            report(TrafficFamily.unknownValue, shape.name ?? subject, [.init("form", ValueForm.of(text))], path)
        case (.string(let text), .dateTime):
            // The form of a date is judged, not whether the day exists.
            if !ValueForm.of(text).hasPrefix("9-9-9A9:9:9") { mismatch(value, "dateTime", subject, path) }
        case (.string, .string), (.string, .uri), (.string, .duration), (.string, .base64), (.boolean, .boolean),
            (.integer, .integer), (.integer, .number),
            (.number, .number):
            return
        case (.array(let elements), .array):
            guard let element = shape.element else { return }
            for item in elements { visit(item, as: element, subject: "\(subject)[]", path: path + "[]") }
        case (.object(let members), .map):
            guard let element = shape.element else { return }
            for (_, member) in members.sorted(by: { $0.key < $1.key }) {
                visit(member, as: element, subject: "\(subject)[]", path: path + ".{}")
            }
        case (.object(let members), .object):
            visit(members, as: shape, path: path)
        default:
            mismatch(value, TypeName.of(use, in: catalog), subject, path)
        }
    }

    private mutating func visit(_ members: [String: RecordedValue], as declared: Shape, path: String) {
        let forms = forms(of: declared, for: members, path: path)
        let isOpen = forms.contains(where: \.isOpen)
        let owner = forms.count == 1 ? forms[0].name ?? "" : declared.name ?? ""
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
            let shown = ValueForm.ofKey(key)
            var match: (field: Shape.Field, owner: String)?
            for form in forms {
                guard let field = form.fields.first(where: { $0.name == key }) else { continue }
                match = (field, field.origin ?? form.name ?? owner)
                break
            }
            if let match {
                visit(
                    member, as: match.field.use, subject: "\(match.owner).\(match.field.symbol)",
                    path: path.isEmpty ? shown : "\(path).\(shown)")
            } else if !isOpen {
                report(
                    TrafficFamily.unknownField, "\(owner).\(shown)", [.init("found", member.kindName)],
                    path.isEmpty ? shown : "\(path).\(shown)")
            }
        }
    }

    /// The shapes that an object may have: the one that its discriminator tells, or the declared one with all its forms.
    private mutating func forms(of shape: Shape, for members: [String: RecordedValue], path: String) -> [Shape] {
        guard !shape.variants.isEmpty else { return [shape] }
        guard let discriminator = shape.discriminator else {
            return [shape] + shape.variants.map { catalog.shapes[$0.use.shape] }
        }
        guard let value = members[discriminator]?.text else { return [shape] }
        guard let variant = shape.variants.first(where: { $0.key == value }) else {
            report(
                TrafficFamily.unknownValue, "\(shape.name ?? "").\(discriminator)",
                [.init("form", ValueForm.of(value))], path)
            return [shape]
        }
        let form = catalog.shapes[variant.use.shape]
        // A form that has forms of its own is told apart by them.
        guard form.name != shape.name, !form.variants.isEmpty else { return [form] }
        return [form] + form.variants.map { catalog.shapes[$0.use.shape] }
    }

    private mutating func mismatch(_ value: RecordedValue, _ expected: String, _ subject: String, _ path: String) {
        report(
            TrafficFamily.unexpectedType, subject, [.init("found", value.kindName), .init("expected", expected)], path)
    }

    private mutating func report(
        _ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument], _ path: String
    ) {
        findings.append(Finding(rule: rule, subject: subject, arguments: arguments, path: path))
    }
}
