/// The storage of a JSON value. It is immutable, so that values share it.
final class JSONNode: Sendable {
    let storage: JSON.Storage

    /// The shared null value. Every edit of a model temporarily replaces a value with it.
    static let null = JSONNode(.null)

    init(_ storage: JSON.Storage) {
        self.storage = storage
    }

    // Reads are functions of the node, which retains its storage, to avoid reference counting.

    /// Returns the text of a member, directly from the tape. This is the most frequent read.
    func string(ofMember key: UnsafeBufferPointer<UInt8>) -> String? {
        switch storage {
        case .slice(let document, let index): document.string(of: key, inObjectAt: Int(index))
        case .object(let members): members.last { $0.key.isString(key) }?.value.string
        case .edited, .probe: member(key)?.string
        default: nil
        }
    }

    func member(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)) else { return nil }
            return slice(at: index)
        }
        return memberOfOther(key)
    }

    @inline(__always)
    func readMember<Result>(
        _ key: UnsafeBufferPointer<UInt8>, quick: (JSONDocument, Int) -> Result?, read: (JSON) -> Result?
    ) -> Result? {
        let value: JSON?
        if case .slice(let document, let object) = storage {
            guard let index = document.lookup(key, inValueAt: Int(object)), !document.tape[index].has(.null) else {
                return nil
            }
            if let result = quick(document, index) { return result }
            value = slice(at: index)
        } else {
            value = memberOfOther(key)
        }
        guard let value else { return nil }
        return read(value)
    }

    /// Returns a value of the same document. It is a separate function because the optimizer would otherwise retain the
    /// document before the lookup, even if the member is missing.
    @inline(never)
    private func slice(at index: Int) -> JSON? {
        guard case .slice(let document, _) = storage else { return nil }
        return JSON(document, at: index)
    }

    @inline(never)
    private func memberOfOther(_ key: UnsafeBufferPointer<UInt8>) -> JSON? {
        switch storage {
        case .object(let members): return members.last { $0.key.isString(key) }?.value
        case .edited(let object): return object.member(key)
        case .probe(let probe, let path):
            let path = path + [String(decoding: key, as: UTF8.self)]
            probe.note(path)
            return JSON(.probe(probe, path: path))
        default: return nil
        }
    }
}
