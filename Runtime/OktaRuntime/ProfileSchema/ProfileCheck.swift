/// Validates a profile against an org's schema.
struct ProfileCheck {
    let schema: ProfileSchema
    private(set) var issues: [ModelSchema.Issue] = []

    init(schema: ProfileSchema) {
        self.schema = schema
    }

    mutating func check(_ profile: JSON, at root: JSON.Path = JSON.Path()) {
        for (name, value) in profile.members ?? [] {
            let path = root.appending(.key(name))
            if let attribute = schema[name] {
                check(value, against: attribute, at: path)
            } else {
                issues.append(ModelSchema.Issue(path: path, reason: .unknown))
            }
        }
        for attribute in schema.attributes where attribute.isRequired && profile[attribute.name] == nil {
            issues.append(ModelSchema.Issue(path: root.appending(.key(attribute.name)), reason: .missing))
        }
    }

    /// Validates several profiles against the schema, and the uniqueness of attributes among them.
    mutating func check(_ profiles: some Sequence<JSON>) {
        let unique = schema.attributes.filter(\.isUnique)
        var first: [String: [JSON: Int]] = [:]
        for (index, profile) in profiles.enumerated() {
            let root = JSON.Path([.index(index)])
            check(profile, at: root)
            for attribute in unique {
                guard let value = profile[attribute.name], value.kind != .null else { continue }
                guard let earlier = first[attribute.name, default: [:]][value] else {
                    first[attribute.name, default: [:]][value] = index
                    continue
                }
                let other = JSON.Path([.index(earlier), .key(attribute.name)])
                issues.append(
                    ModelSchema.Issue(path: root.appending(.key(attribute.name)), reason: .duplicate(of: other)))
            }
        }
    }

    private mutating func check(_ value: JSON, against attribute: ProfileSchema.Attribute, at path: JSON.Path) {
        // Null clears an optional value.
        if value.kind == .null {
            if attribute.isRequired { issues.append(ModelSchema.Issue(path: path, reason: .null)) }
            return
        }
        guard attribute.type == "array" else {
            return check(value, as: attribute.type, of: attribute, at: path)
        }
        guard let elements = value.elements else {
            return issues.append(ModelSchema.Issue(path: path, reason: .type(expected: "array", found: value.kind)))
        }
        for (index, element) in elements.enumerated() {
            check(element, as: attribute.elementType, of: attribute, at: path.appending(.index(index)))
        }
    }

    private mutating func check(
        _ value: JSON, as type: String?, of attribute: ProfileSchema.Attribute, at path: JSON.Path
    ) {
        let fits =
            switch type {
            case "string": value.kind == .string
            case "boolean": value.kind == .boolean
            case "number": value.kind == .number
            case "integer": value.int != nil
            default: true
            }
        if !fits, let type {
            return issues.append(ModelSchema.Issue(path: path, reason: .type(expected: type, found: value.kind)))
        }
        if !attribute.allows(value) {
            issues.append(ModelSchema.Issue(path: path, reason: .unlistedValue(enumeration: attribute.name)))
        }
        guard attribute.type != "array", let length = value.string?.unicodeScalars.count else { return }
        let (low, high) = (attribute.minimumLength, attribute.maximumLength)
        guard length < low ?? 0 || length > high ?? .max else { return }
        let range = high.map { "\(low ?? 0) to \($0) characters" } ?? "at least \(low ?? 0) characters"
        issues.append(ModelSchema.Issue(path: path, reason: .outOfRange(range)))
    }
}

extension OpenModel {
    /// Validates this profile against an org's schema. The issues are unknown attributes, missing required attributes,
    /// and values with a wrong type, a wrong length or a value that is not allowed.
    ///
    /// - Returns: The issues in the order of the members, with missing members last. They contain no values.
    public func issues(against schema: ProfileSchema) -> [ModelSchema.Issue] {
        var check = ProfileCheck(schema: schema)
        check.check(json)
        return check.issues
    }
}

extension Sequence where Element: OpenModel {
    /// Validates these profiles against an org's schema like a single profile, and also reports repeated values of
    /// attributes that must be unique. Use it for imports. Profiles that already exist in the org are not considered.
    ///
    /// - Returns: The issues, with paths that begin with the position of the profile, such as `$[3].badge`.
    public func issues(against schema: ProfileSchema) -> [ModelSchema.Issue] {
        var check = ProfileCheck(schema: schema)
        check.check(lazy.map(\.json))
        return check.issues
    }
}
