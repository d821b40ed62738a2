extension JSON: Hashable {
    /// Returns whether both values have the same meaning.
    public static func == (left: JSON, right: JSON) -> Bool {
        if case .slice(let leftDocument, let leftIndex) = left.storage,
            case .slice(let rightDocument, let rightIndex) = right.storage,
            JSONDocument.sameText(leftDocument, Int(leftIndex), rightDocument, Int(rightIndex))
        {
            return true
        }
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .null: return true
        case .boolean: return left.bool == right.bool
        case .number: return left.number == right.number
        case .string: return left.withStringBytes { right.isString($0) } ?? false
        case .array: return left.elements == right.elements
        case .object: return sameMembers(left.storedMembers ?? [], right.storedMembers ?? [])
        }
    }

    /// Hashes the value consistently with `==`: equal values have equal hashes, regardless of their spelling.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        switch kind {
        case .null: break
        case .boolean: hasher.combine(bool)
        case .number: hasher.combine(number)
        case .string: withStringBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .array:
            let elements = elements ?? []
            hasher.combine(elements.count)
            for element in elements { element.hash(into: &hasher) }
        case .object:
            // A sum is independent of the order.
            var sum = 0
            let members = Self.effective(storedMembers ?? [])
            for (name, value) in members {
                var memberHasher = Hasher()
                memberHasher.combine(name)
                value.hash(into: &memberHasher)
                sum &+= memberHasher.finalize()
            }
            hasher.combine(members.count)
            hasher.combine(sum)
        }
    }

    private var number: JSONNumber? { withNumberBytes(JSONNumber.init) }

    /// A member name that equals another only if both have the same bytes.
    private struct Name: Hashable {
        var key: JSON

        static func == (left: Name, right: Name) -> Bool {
            left.key.withStringBytes { right.key.isString($0) } ?? false
        }

        func hash(into hasher: inout Hasher) {
            key.withStringBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// Returns the members that lookups find.
    private static func effective(_ members: [JSONMember]) -> [Name: JSON] {
        Dictionary(members.lazy.map { (Name(key: $0.key), $0.value) }, uniquingKeysWith: { $1 })
    }

    private static func sameMembers(_ left: [JSONMember], _ right: [JSONMember]) -> Bool {
        // Usually the names have the same order, so no dictionary is needed. Either way, each pair of values is
        // compared at most once, so that nested objects cost no more than their size.
        let sameOrder =
            left.count == right.count
            && zip(left, right).allSatisfy { Name(key: $0.key) == Name(key: $1.key) }
        guard sameOrder else { return effective(left) == effective(right) }
        for (index, pair) in zip(left, right).enumerated() where pair.0.value != pair.1.value {
            let name = Name(key: pair.0.key)
            let isHidden = left[(index + 1)...].contains { Name(key: $0.key) == name }
            guard isHidden else { return false }
        }
        return true
    }
}
