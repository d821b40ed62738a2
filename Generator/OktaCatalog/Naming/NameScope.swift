import YAML

/// Names that are taken in one scope. It says what becomes of each further one: it is taken, gets a suffix, or is refused.
struct NameScope {
    private(set) var findings: [Diagnostic] = []
    private var taken: [SwiftName: Owner] = [:]

    /// What has a name.
    fileprivate struct Owner {
        var origin: Located<String>
        /// The name on the wire, of what may be declared again under it.
        var wireName: ExactText?
    }

    /// What a scope had before something took a name, to be put back.
    struct Undo {
        let name: SwiftName
        fileprivate var owner: Owner?
    }

    /// Takes a name that follows from the catalog, or one that a person has pinned.
    ///
    /// - Parameters:
    ///   - text: The name that follows.
    ///   - pinned: The pinned one, in its place.
    ///   - origin: Where the catalog has what is named.
    ///   - kind: What is named.
    ///   - reserved: Names that the generator makes up in this scope, beside those of the kind.
    mutating func take(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, as kind: NameKind,
        besides reserved: Set<String> = []
    ) -> SwiftName {
        let place = pinned ?? origin
        guard let name = resolve(text, pinned: pinned, for: origin, as: kind, besides: reserved) else {
            return .reported
        }
        claim(name, for: place, as: kind)
        return name
    }

    /// Takes the name of a field; where a model that is extended has the field too, it is declared again under its name.
    mutating func takeField(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, besides reserved: Set<String>
    ) -> (name: SwiftName, undo: Undo?) {
        guard let name = resolve(text, pinned: pinned, for: origin, as: .field, besides: reserved) else {
            return (.reported, nil)
        }
        let wireName = ExactText(origin.value)
        let undo = Undo(name: name, owner: taken[name])
        if let owner = taken[name], owner.wireName != wireName {
            report(name, for: pinned ?? origin, as: .field, first: owner.origin)
        }
        taken[name] = Owner(origin: pinned ?? origin, wireName: wireName)
        return (name, undo)
    }

    /// Reports a property that would view a union as one of its forms, where a field has its name. It is not taken: models that
    /// extend the union do not have it.
    mutating func checkView(_ name: SwiftName, of form: Located<String>) {
        guard taken[name] != nil else { return }
        takeDerived(name, from: form, hint: "pin another name of the field with `swift:`")
    }

    /// Puts back what was taken before.
    mutating func undo(_ undo: Undo) {
        taken[undo.name] = undo.owner
    }

    /// Takes a name that the generator makes up of something in the catalog.
    mutating func takeDerived(_ name: SwiftName, from origin: Located<String>, hint: String) {
        if let owner = taken[name] {
            findings.append(
                Diagnostic(
                    rule: "swift-name-collision",
                    "the Swift name `\(name)`, which is made up for `\(origin.value)`, is taken",
                    at: origin.location, hint: hint, notes: [.init("it is taken", at: owner.origin.location)]))
        } else {
            taken[name] = Owner(origin: origin, wireName: nil)
        }
    }

    /// Takes a name in its final form.
    mutating func claim(_ name: SwiftName, for origin: Located<String>, as kind: NameKind) {
        if let owner = taken[name] {
            report(name, for: origin, as: kind, first: owner.origin)
        } else {
            taken[name] = Owner(origin: origin, wireName: nil)
        }
    }

    /// Whether a name is taken, and by what.
    func owner(of name: SwiftName) -> Located<String>? { taken[name]?.origin }

    private mutating func report(
        _ name: SwiftName, for origin: Located<String>, as kind: NameKind, first: Located<String>
    ) {
        findings.append(
            Diagnostic(
                rule: "swift-name-collision", "the Swift name `\(name)` of this \(kind.word) is taken",
                at: origin.location,
                hint: kind == .type ? "choose another name" : "pin another name with `\(kind.key):`",
                notes: [.init("it is used", at: first.location)]))
    }

    // MARK: Resolving

    /// A name in its final form, not yet taken; nil where none can be made.
    mutating func resolve(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, as kind: NameKind,
        besides reserved: Set<String> = []
    ) -> SwiftName? {
        if let pinned { return check(pinned, as: kind, besides: reserved) }
        guard let name = Self.following(text, as: kind, besides: reserved) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(origin.value)` yields no Swift name for a \(kind.word)",
                    at: origin.location,
                    hint: "pin one: letters, digits and `_`, not starting with a digit, and without backticks"))
            return nil
        }
        return name
    }

    /// What follows from a name of the catalog.
    static func following(_ text: String, as kind: NameKind, besides reserved: Set<String> = []) -> SwiftName? {
        let startsWithDigit = text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        let start = startsWithDigit ? "_" + text : text
        let isReserved = reserved.contains(start) || ReservedNames.contains(start, as: kind)
        return SwiftName(isReserved ? ReservedNames.replacement(of: start, as: kind) : start)
    }

    /// A pinned name stands as it is, or is refused.
    mutating func check(_ pinned: Located<String>, as kind: NameKind, besides reserved: Set<String> = []) -> SwiftName?
    {
        guard let name = SwiftName(pinned.value) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(pinned.value)` is no Swift name for a \(kind.word)", at: pinned.location,
                    hint: "write letters, digits and `_`, not starting with a digit, and without backticks"))
            return nil
        }
        let first = name.bare.first ?? "_"
        if kind.isCapitalized ? !first.isUppercase : first.isUppercase {
            let better = (kind.isCapitalized ? first.uppercased() : first.lowercased()) + name.bare.dropFirst()
            findings.append(
                Diagnostic(
                    rule: "invalid-name",
                    "the name `\(name)` of a \(kind.word) begins with \(kind.isCapitalized ? "no" : "a") capital",
                    at: pinned.location, hint: "write `\(better)`: types begin with a capital, and nothing else does"))
        } else if reserved.contains(name.bare) || ReservedNames.contains(name.bare, as: kind) || name.isOfRuntime {
            let better = ReservedNames.replacement(of: String(name.bare.drop { $0 == "_" }), as: kind)
            findings.append(
                Diagnostic(
                    rule: "reserved-name",
                    "`\(name)` means something else in Swift, in the runtime or in what is generated",
                    at: pinned.location,
                    hint: kind == .type
                        ? "choose another name, such as `Okta\(name)`"
                        : "choose another name, such as `\(better)`"))
        }
        return name
    }

    /// Whether a form can have a name as a case.
    static func isFreeCase(_ name: String) -> Bool {
        SwiftName(name) != nil && name.first?.isUppercase == false && !ReservedNames.contains(name, as: .form)
    }
}

extension SwiftName {
    /// Whether it begins as the members that the runtime has for generated code: `_client`. No derived name does, except
    /// before a digit.
    fileprivate var isOfRuntime: Bool {
        bare.hasPrefix("_") && bare.dropFirst().first?.isNumber == false
    }
}
