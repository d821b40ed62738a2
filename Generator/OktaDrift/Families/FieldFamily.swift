import OktaCatalog

/// Members of objects.
enum FieldFamily {
    static let added = DriftRule(
        "field-added", wire: .info, source: .info, "the field was added",
        advice: "Nothing breaks: models keep what they do not know. Add it to the catalog.")
    static let requiredAdded = DriftRule(
        "required-field-added", wire: .error, source: .error, "the required field was added to what is sent",
        advice: "Requests without it are refused. Add it to the catalog with `required: true`.")
    static let removed = DriftRule(
        "field-removed", wire: .warning, source: .error, "the field was removed",
        advice: "It reads as nil once Okta stops to send it. Keep it in the catalog while real responses carry it.")
    static let renamed = DriftRule(
        "field-renamed", wire: .docs, source: .error, "the field `{field}` is now `{to}` in Swift",
        advice: "Pin the old name with `swift:` in the catalog.")
    static let required = DriftRule(
        "field-required", wire: .error, source: .error, "the field is required now in what is sent",
        advice:
            "Requests without it are refused. Set `required: true`; pin the initialiser with `init` if it should not change."
    )
    static let optional = DriftRule(
        "field-optional", wire: .info, source: .warning, "the field is not required any more in what is sent",
        advice: "Nothing breaks on the wire. The short initialiser loses a parameter unless `init` pins it.")
    static let guaranteed = DriftRule(
        "field-guaranteed", wire: .info, source: .docs, "the field is always there now",
        advice: "Nothing breaks: it reads as optional all the same.")
    static let notGuaranteed = DriftRule(
        "field-not-guaranteed", wire: .warning, source: .docs, "the field may be missing now",
        advice: "It reads as nil then. Code that counts on it should be looked at.")
    static let nullable = DriftRule(
        "field-nullable", wire: .warning, source: .docs, "the field may be null now",
        advice: "It reads as nil then. Set `nullable: true` in the catalog.")
    static let notNullable = DriftRule(
        "field-not-nullable", wire: .warning, source: .docs, "the field may not be null any more",
        advice: "Okta may refuse null. Remove `nullable` in the catalog unless real responses still carry null.")
    static let readOnly = DriftRule(
        "field-read-only", wire: .warning, source: .error, "only Okta sets the field now",
        advice: "What is sent is ignored, and the property loses its setter.")
    static let writable = DriftRule(
        "field-writable", wire: .info, source: .info, "the field can be set now",
        advice: "Nothing breaks; remove `readOnly` in the catalog.")
    static let writeOnly = DriftRule(
        "field-write-only", wire: .warning, source: .docs, "Okta does not send the field back any more",
        advice: "It reads as nil in responses. Set `writeOnly: true` in the catalog.")
    static let readable = DriftRule(
        "field-readable", wire: .info, source: .docs, "Okta sends the field back now",
        advice: "Nothing breaks; remove `writeOnly` in the catalog, and see that no secret is logged.")

    static let rules = [
        added, requiredAdded, removed, renamed, required, optional, guaranteed, notGuaranteed, nullable, notNullable,
        readOnly, writable, writeOnly, readable,
    ]

    static func compare(_ pair: ShapePair, in context: inout ComparisonContext) {
        let matches = ShapePair.matched(pair.old.fields, pair.new.fields)
        for (left, right) in matches { compare(left, right, of: pair, in: &context) }
        guard pair.old.kind == pair.new.kind else { return }
        if matches.count < pair.old.fields.count {
            let standing = Set(pair.new.fields.map(\.name))
            for field in pair.old.fields where !standing.contains(field.name) {
                pair.report(
                    removed, "\(field.origin ?? pair.subject).\(field.symbol)", old: field.location, in: &context)
            }
        }
        if matches.count < pair.new.fields.count {
            let known = Set(pair.old.fields.map(\.name))
            for field in pair.new.fields where !known.contains(field.name) {
                let isDemanded = field.isRequired && !field.use.isReadOnly && pair.direction.contains(.sent)
                pair.report(
                    isDemanded ? requiredAdded : added, "\(field.origin ?? pair.subject).\(field.symbol)",
                    new: field.location, in: &context)
            }
        }
    }

    private static func compare(
        _ left: Shape.Field, _ right: Shape.Field, of pair: ShapePair, in context: inout ComparisonContext
    ) {
        let owner = left.origin == right.origin ? left.origin ?? pair.subject : pair.subject
        let subject = "\(owner).\(left.symbol)"
        func report(_ rule: DriftRule, _ arguments: [Change.Argument] = []) {
            pair.report(rule, subject, arguments, old: left.location, new: right.location, in: &context)
        }
        func flip(_ before: Bool, _ after: Bool, on: DriftRule, off: DriftRule) {
            if before != after { report(after ? on : off) }
        }
        if context.names == .matter, left.symbol != right.symbol {
            report(renamed, [.init("field", left.name), .init("to", right.symbol)])
        }
        let isSent = pair.direction.contains(.sent) && !right.use.isReadOnly
        flip(
            left.isRequired, right.isRequired, on: isSent ? required : guaranteed,
            off: isSent ? optional : notGuaranteed)
        flip(left.use.isNullable, right.use.isNullable, on: nullable, off: notNullable)
        flip(left.use.isReadOnly, right.use.isReadOnly, on: readOnly, off: writable)
        flip(left.use.isWriteOnly, right.use.isWriteOnly, on: writeOnly, off: readable)
        let place = TypeFamily.Place(
            subject: subject, operation: pair.operation, old: left.location, new: right.location)
        TypeFamily.compare(left.use, right.use, at: place, in: &context)
    }
}
