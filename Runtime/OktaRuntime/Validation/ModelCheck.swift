#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Compares a value with its declaration, and collects the differences.
struct ModelCheck {
    let schema: ModelSchema
    private(set) var issues: [ModelSchema.Issue] = []

    init(schema: ModelSchema) {
        self.schema = schema
    }

    mutating func check(_ json: JSON, as type: SchemaType, at path: JSON.Path) {
        switch type {
        case .named(let name): check(json, named: name, at: path)
        case .array(let element):
            guard let elements = json.elements else { return misfit(json, type, at: path) }
            for (index, value) in elements.enumerated() {
                check(value, as: element, at: path.appending(.index(index)))
            }
        case .dictionary(let valueType):
            guard let members = json.members else { return misfit(json, type, at: path) }
            for (key, value) in members { check(value, as: valueType, at: path.appending(.key(key))) }
        }
    }

    private mutating func check(_ json: JSON, named name: String, at path: JSON.Path) {
        let fits: Bool
        switch name {
        case "json": fits = true
        case "string": fits = json.string != nil
        case "integer": fits = json.int != nil
        case "number": fits = json.kind == .number
        case "boolean": fits = json.bool != nil
        case "dateTime": fits = Date(lenient: json) != nil
        case "duration": fits = OktaDuration(lenient: json)?.components != nil
        case "base64": fits = OktaBase64(lenient: json)?.bytes != nil
        case "uri": fits = json.string != nil
        default: return check(json, declaredAs: name, at: path)
        }
        if !fits { misfit(json, .named(name), at: path) }
    }

    private mutating func check(_ json: JSON, declaredAs name: String, at path: JSON.Path) {
        guard let declaration = schema.declaration(name) else { return }
        if let values = declaration.elements {
            guard let value = json.string else { return misfit(json, .named("string"), at: path) }
            if !values.contains(where: { $0.string == value }) {
                issues.append(ModelSchema.Issue(path: path, reason: .unlistedValue(enumeration: name)))
            }
        } else {
            guard let members = json.members else { return misfit(json, .named("object"), at: path) }
            check(members, of: json, declaredAs: name, at: path)
        }
    }

    /// Checks an object. Without a discriminator, it is compared with the variant that matches best.
    private mutating func check(
        _ members: [(key: String, value: JSON)], of json: JSON, declaredAs name: String, at path: JSON.Path
    ) {
        var forms = FormSearch(schema: schema, json: json, name: name)
        forms.run()
        var best: [ModelSchema.Issue]?
        for form in forms.found {
            var check = ModelCheck(schema: schema)
            if let name = form.unknownValue {
                check.issues.append(ModelSchema.Issue(path: path.appending(.key(name)), reason: .unknown))
            }
            check.check(members, of: json, as: form.declaration, knowing: forms.discriminators, at: path)
            if check.issues.count < best?.count ?? .max { best = check.issues }
        }
        issues += best ?? []
    }

    private mutating func check(
        _ members: [(key: String, value: JSON)], of json: JSON, as declaration: JSON,
        knowing discriminators: Set<String>,
        at path: JSON.Path
    ) {
        let isOpen = declaration["open"]?.bool == true
        for (key, value) in members {
            let place = path.appending(.key(key))
            if let field = schema.field(key, of: declaration) {
                check(value, against: field, at: place)
            } else if !isOpen, !discriminators.contains(key) {
                issues.append(ModelSchema.Issue(path: place, reason: .unknown))
            }
        }
        for name in schema.requiredFields(of: declaration) where json[name] == nil {
            issues.append(ModelSchema.Issue(path: path.appending(.key(name)), reason: .missing))
        }
    }

    private mutating func check(_ value: JSON, against field: JSON, at path: JSON.Path) {
        let notation = field.string ?? field["type"]?.string ?? "json"
        if value.kind == .null {
            let allowsNull = notation == "json" || field["nullable"]?.bool == true
            if !allowsNull { issues.append(ModelSchema.Issue(path: path, reason: .null)) }
            return
        }
        check(value, as: SchemaType(notation[...]), at: path)
        if let length = value.string?.unicodeScalars.count {
            checkRange(Double(length), from: field["minLength"], to: field["maxLength"], of: " characters", at: path)
        } else if let number = value.double {
            checkRange(number, from: field["minimum"], to: field["maximum"], of: "", at: path)
        }
    }

    private mutating func checkRange(
        _ value: Double, from low: JSON?, to high: JSON?, of unit: String, at path: JSON.Path
    ) {
        let isBelow = low?.double.map { value < $0 } ?? false
        let isAbove = high?.double.map { value > $0 } ?? false
        guard isBelow || isAbove else { return }
        let range =
            switch (low?.numberText, high?.numberText) {
            case (let low?, let high?): "\(low) to \(high)\(unit)"
            case (let low?, nil): "at least \(low)\(unit)"
            case (nil, let high?): "at most \(high)\(unit)"
            case (nil, nil): unit
            }
        issues.append(ModelSchema.Issue(path: path, reason: .outOfRange(range)))
    }

    private mutating func misfit(_ json: JSON, _ expected: SchemaType, at path: JSON.Path) {
        issues.append(
            ModelSchema.Issue(
                path: path,
                reason: json.kind == .null ? .null : .type(expected: expected.description, found: json.kind)))
    }
}

extension ModelSchema {
    /// A difference between an object and the catalog, with its location and types but without values.
    public struct Issue: Sendable, Hashable, CustomStringConvertible {
        /// The location, relative to the object that was checked.
        public let path: JSON.Path
        /// The kind of difference.
        public let reason: Reason

        /// The kinds of differences.
        #if hasAttribute(nonexhaustive)
        @nonexhaustive
        #endif
        public enum Reason: Sendable, Hashable {
            /// The value has the wrong type. Contains the expected type, such as `array of string`, and the kind found.
            case type(expected: String, found: JSON.Kind)
            /// The value is null, which the catalog does not allow.
            case null
            /// A field that the catalog requires is missing.
            case missing
            /// The enumeration with this name does not list the value.
            case unlistedValue(enumeration: String)
            /// The catalog does not declare the field, or has no variant for the discriminator's value.
            case unknown
            /// The number, or the length of the string, is outside the range in the catalog, such as `1 to 200`.
            case outOfRange(String)
            /// The value equals that at the other path, although a schema requires it to be unique.
            case duplicate(of: JSON.Path)
        }

        /// Creates an issue.
        public init(path: JSON.Path, reason: Reason) {
            self.path = path
            self.reason = reason
        }

        /// For example, `$.profile.login: expected string, found number`.
        public var description: String {
            switch reason {
            case .type(let expected, let found): "\(path): expected \(expected), found \(found)"
            case .null: "\(path): null"
            case .missing: "\(path): missing"
            case .unlistedValue(let enumeration): "\(path): a value that \(enumeration) does not list"
            case .unknown: "\(path): not in the catalog"
            case .outOfRange(let range): "\(path): out of range, \(range)"
            case .duplicate(let other): "\(path): the same value as \(other), but it must be unique"
            }
        }
    }
}
