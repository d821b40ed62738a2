import YAML

/// Finds the variants that are the same on both sides, independent of their order and names.
struct VariantMatching {
    /// Two variants by their indices.
    typealias Match = (old: Int, new: Int)

    private let old: APIDescription
    private let new: APIDescription
    /// The hashes, which are computed on first use, because names distinguish the variants of most choices.
    private var hashes: (old: ShapeHashes, new: ShapeHashes)?
    /// The maximum number of nameless variants that are compared by content.
    private static let maximumComparedVariants = 100

    init(old: APIDescription, new: APIDescription) {
        self.old = old
        self.new = new
    }

    mutating func matches(_ left: Shape, _ right: Shape) -> [Match] {
        var free = Free(left.variants.count, right.variants.count)
        // The discriminator's value, or the schema's name.
        let keys = Self.indices(right.variants.map { $0.isNameless ? nil : $0.key })
        for (index, variant) in left.variants.enumerated() where !variant.isNameless {
            if let other = keys[text: variant.key] { free.match(index, other) }
        }
        // The same type, when only one side has a discriminator.
        let names = Self.indices(
            right.variants.enumerated().map { free.new.contains($0) ? new.shapes[$1.use.shape].name : nil })
        for index in free.old.sorted() {
            guard let name = old.shapes[left.variants[index].use.shape].name, let other = names[text: name] else {
                continue
            }
            free.match(index, other)
        }
        if !free.old.isEmpty, !free.new.isEmpty { matchByContent(left, right, &free) }
        return free.matches
    }

    private mutating func matchByContent(_ left: Shape, _ right: Shape, _ free: inout Free) {
        let hashes = self.hashes ?? (ShapeHashes(of: self.old), ShapeHashes(of: self.new))
        self.hashes = hashes
        // If a variant is identified by name, a different name is a different variant.
        let isDiscriminated = left.discriminator != nil || right.discriminator != nil
        let (old, new) = (
            free.old.sorted().filter { !isDiscriminated || left.variants[$0].isNameless },
            free.new.sorted(by: >).filter { !isDiscriminated || right.variants[$0].isNameless }
        )
        var byHash: [Int: [Int]] = [:]
        for index in new { byHash[hashes.new.hash(of: right.variants[index].use), default: []].append(index) }
        for index in old {
            if let other = byHash[hashes.old.hash(of: left.variants[index].use)]?.popLast() { free.match(index, other) }
        }
        guard max(free.old.count, free.new.count) <= Self.maximumComparedVariants else { return }
        // The rest has changed: the most similar variants match, if at least one of them is nameless.
        var candidates: [(likeness: Int, old: Int, new: Int)] = []
        for index in free.old {
            for other in free.new where left.variants[index].isNameless || right.variants[other].isNameless {
                let likeness = self.likeness(left.variants[index].use, right.variants[other].use)
                if likeness > 0 { candidates.append((likeness, index, other)) }
            }
        }
        for candidate in candidates.sorted(by: { ($1.likeness, $0.old, $0.new) < ($0.likeness, $1.old, $1.new) }) {
            free.match(candidate.old, candidate.new)
        }
    }

    /// Returns the similarity of two types; 0 for none.
    private func likeness(_ left: TypeUse, _ right: TypeUse) -> Int {
        let (from, to) = (old.shapes[left.shape], new.shapes[right.shape])
        guard from.kind == to.kind else { return 0 }
        return 1 + Set(texts: from.fields.map(\.name)).intersection(Set(texts: to.fields.map(\.name))).count
            + Set(texts: from.values.map(\.value)).intersection(Set(texts: to.values.map(\.value))).count
    }

    private static func indices(_ keys: [String?]) -> [ExactText: Int] {
        var indices: [ExactText: Int] = [:]
        for (index, key) in keys.enumerated() {
            if let key, indices[text: key] == nil { indices[text: key] = index }
        }
        return indices
    }

    /// The unmatched variants.
    private struct Free {
        var old: Set<Int>
        var new: Set<Int>
        var matches: [Match] = []

        init(_ old: Int, _ new: Int) {
            self.old = Set(0..<old)
            self.new = Set(0..<new)
        }

        mutating func match(_ left: Int, _ right: Int) {
            guard old.contains(left), new.contains(right) else { return }
            old.remove(left)
            new.remove(right)
            matches.append((left, right))
        }
    }
}

/// Hashes of types by content, a few levels deep, without names.
struct ShapeHashes {
    private var hashes: [Int]
    private static let rounds = 3

    init(of description: APIDescription) {
        hashes = description.shapes.map(Self.own)
        for _ in 0..<Self.rounds {
            let before = self
            for (index, shape) in description.shapes.enumerated() { hashes[index] = Self.refined(shape, index, before) }
        }
    }

    func hash(of use: TypeUse) -> Int { hashes[use.shape] }

    private static func own(_ shape: Shape) -> Int {
        var hasher = Hasher()
        hasher.combine(shape.kind)
        hasher.combine(shape.openness)
        hasher.combine(shape.limits)
        hasher.combine(shape.flags)
        hasher.combine(shape.discriminator)
        hasher.combine(Set(shape.values.map(\.value)))
        hasher.combine(Set(shape.remarks.unmodelled.keys))
        return hasher.finalize()
    }

    private static func refined(_ shape: Shape, _ index: Int, _ hashes: ShapeHashes) -> Int {
        var hasher = Hasher()
        hasher.combine(hashes.hashes[index])
        // Sums are independent of the order.
        var sum = 0
        for field in shape.fields {
            var inner = Hasher()
            inner.combine(field.name)
            inner.combine(field.isRequired)
            inner.combine(hashes.hash(of: field.use))
            sum &+= inner.finalize()
        }
        for variant in shape.variants {
            var inner = Hasher()
            inner.combine(variant.isNameless ? nil : shape.discriminator.map { _ in variant.key })
            inner.combine(hashes.hash(of: variant.use))
            sum &+= inner.finalize()
        }
        hasher.combine(sum)
        hasher.combine(shape.element.map { hashes.hash(of: $0) })
        return hasher.finalize()
    }
}
