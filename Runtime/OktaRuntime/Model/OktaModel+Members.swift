/// Members that are sent as null or omitted. They are named by their properties, so that the compiler checks the names.
extension OktaModel {
    /// Sets the member of a property to null, regardless of its value: `profile.setNull(\.mobilePhone)`. Null is sent.
    public mutating func setNull<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: .null)
    }

    /// Removes the member of a property, regardless of its value: `profile.leaveOut(\.mobilePhone)`. Nothing is sent
    /// for it.
    public mutating func leaveOut<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: nil)
    }

    /// Whether the member of a property is present and null: `user.isNull(\.lastLogin)`.
    public func isNull<Value>(_ property: KeyPath<Self, Value?>) -> Bool {
        var member: JSON? = json
        for name in Self.path(of: property) { member = member?[name] }
        return member?.kind == .null
    }

    mutating func setMember(at path: [String], to value: JSON?) {
        guard !path.isEmpty else { return }
        var object = json
        // Released here, so that the object has a single owner and is edited in place.
        self = Self(json: .null)
        object.setMember(at: path[...], to: value)
        self = Self(json: object)
    }

    /// The names of the members that a property reads, from the root; empty for a property that reads none.
    private static func path<Value>(of property: KeyPath<Self, Value>) -> [String] {
        let probe = MemberProbe()
        _ = Self(json: JSON(.probe(probe, path: [])))[keyPath: property]
        return probe.path
    }
}

extension JSON {
    fileprivate mutating func setMember(at path: ArraySlice<String>, to value: JSON?) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return setMember(name, value) }
        // Omitting a member of an absent object changes nothing.
        guard var inner = self[name] ?? value.map({ _ in .emptyObject }) else { return }
        inner.setMember(at: path.dropFirst(), to: value)
        setMember(name, inner)
    }
}
