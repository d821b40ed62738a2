/// What a tail delivers at a time: the new elements of one page, or the report of a gap.
public struct TailBatch<Element: JSONConvertible>: Sendable {
    /// The new elements in the server's order; empty for a gap, and when only the position has moved.
    public let items: [Element]

    /// How many elements were left out because they are not of the element's type.
    public let misfitCount: Int

    /// Set when the server no longer accepts the place from which to go on: elements may be missing.
    public let gap: TailGap?

    /// Where to go on after a restart, once this batch has been worked off.
    public let position: TailPosition
}
