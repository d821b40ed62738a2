extension JSON {
    /// An object without members.
    public static var emptyObject: JSON { JSON(.object([])) }

    /// Creates an array.
    public init(_ elements: [JSON]) { self.init(.array(elements)) }

    /// Creates an object; order and repeated names are preserved.
    public init(members: [(String, JSON)]) {
        self.init(.object(members.map { JSONMember(key: JSON($0.0), value: $0.1) }))
    }

    /// The elements; `nil` for any other kind.
    public var elements: [JSON]? {
        switch storage {
        case .slice(let document, let index):
            guard document.tape[Int(index)].has(.array) else { return nil }
            var elements: [JSON] = []
            elements.reserveCapacity(document.childCount(of: Int(index)))
            document.forEachChild(of: Int(index)) {
                elements.append(JSON(document, at: $0))
                return true
            }
            return elements
        case .array(let elements): return elements
        default: return nil
        }
    }

    /// The members in order, including repeated names; `nil` for any other kind.
    public var members: [(key: String, value: JSON)]? {
        storedMembers?.map { ($0.key.string ?? "", $0.value) }
    }

    /// The number of elements or members, including repeated names; 0 for any other kind.
    public var count: Int {
        switch storage {
        case .slice(let document, let index):
            switch document.tape[Int(index)].kind {
            case .array: document.childCount(of: Int(index))
            case .object: document.childCount(of: Int(index)) / 2
            default: 0
            }
        case .array(let elements): elements.count
        case .object(let members): members.count
        case .edited(let object): object.count
        default: 0
        }
    }

    /// The value of a member. Reads `nil` if there is none or this is not an object. Setting a value replaces the
    /// member in place or appends it, and turns any other kind into an object first; setting `nil` removes the member.
    public subscript(key: String) -> JSON? {
        get {
            var key = key
            return key.withUTF8 { member($0) }
        }
        set { setMember(key, newValue) }
        _modify {
            // The value is moved out while it is edited, so that it has a single owner and a change copies nothing.
            var value = takeMember(key)
            defer { setMember(key, value) }
            yield &value
        }
    }

    /// The element at a position, counted from 0. Reads `nil` if there is none or this is not an array. Setting a value
    /// replaces the element, setting `nil` removes it. Writes beyond the end, or to any other kind, are ignored.
    public subscript(index: Int) -> JSON? {
        get {
            switch storage {
            case .slice(let document, let container):
                guard document.tape[Int(container)].has(.array), index >= 0 else { return nil }
                var remaining = index
                var found: JSON?
                document.forEachChild(of: Int(container)) {
                    if remaining == 0 { found = JSON(document, at: $0) }
                    remaining -= 1
                    return remaining >= 0
                }
                return found
            case .array(let elements):
                // No `?:` here: next to a JSON, its nil would be the literal for null.
                guard elements.indices.contains(index) else { return nil }
                return elements[index]
            default: return nil
            }
        }
        set { setElement(index, newValue) }
        _modify {
            var value = takeElement(index)
            defer { setElement(index, value) }
            yield &value
        }
    }

    // MARK: Members

    /// The members with their names as written; `nil` for any other kind.
    var storedMembers: [JSONMember]? {
        switch storage {
        case .slice(let document, let index):
            guard document.tape[Int(index)].has(.object) else { return nil }
            var members: [JSONMember] = []
            members.reserveCapacity(document.childCount(of: Int(index)) / 2 + 1)
            document.forEachMember(of: Int(index)) { name, value in
                members.append(JSONMember(key: JSON(document, at: name), value: JSON(document, at: value)))
            }
            return members
        case .object(let members): return members
        case .edited(let object): return object.members
        default: return nil
        }
    }

    mutating func setMember(_ key: String, _ value: JSON?) {
        if let value, let edited = edited(setting: key, to: value) {
            storage = .edited(edited)
            return
        }
        // Removing a missing member leaves a slice, and so its bytes, unchanged.
        guard value != nil || self[key] != nil else { return }
        guard var members = takeMembers() else {
            if let value { self = JSON(members: [(key, value)]) }
            return
        }
        var name = key
        name.withUTF8 { name in
            guard let last = members.lastIndex(where: { $0.key.isString(name) }) else {
                if let value { members.append(JSONMember(key: JSON(key), value: value)) }
                return
            }
            if let value {
                members[last].value = value
            } else {
                members.remove(at: last)
            }
            // Remaining members with the name precede the last one.
            for index in members.indices[..<last].reversed() where members[index].key.isString(name) {
                members.remove(at: index)
            }
        }
        storage = .object(members)
    }

    /// Returns a parsed object with a member set, if that is possible without a list of its members.
    private func edited(setting key: String, to value: JSON) -> JSONEditedObject? {
        switch storage {
        case .slice(let document, let index): JSONEditedObject(document, at: Int(index), setting: key, to: value)
        case .edited(let object): object.setting(key, to: value)
        default: nil
        }
    }

    /// Moves out the member's value and leaves null.
    mutating func takeMember(_ key: String) -> JSON? {
        guard let value = self[key] else { return nil }
        setMember(key, .null)
        return value
    }

    /// Moves out the members and leaves this value empty, so that they have a single owner; `nil`, and no change, for
    /// any other kind.
    private mutating func takeMembers() -> [JSONMember]? {
        let members = storedMembers
        if members != nil { storage = .null }
        return members
    }

    func isString(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        withStringBytes { $0.count == bytes.count && $0.elementsEqual(bytes) } ?? false
    }

    // MARK: Elements

    private mutating func setElement(_ index: Int, _ value: JSON?) {
        guard var elements else { return }
        guard elements.indices.contains(index) else { return }
        storage = .null
        if let value { elements[index] = value } else { elements.remove(at: index) }
        storage = .array(elements)
    }

    /// Moves out the element and leaves null.
    private mutating func takeElement(_ index: Int) -> JSON? {
        guard let value = self[index] else { return nil }
        setElement(index, .null)
        return value
    }
}
