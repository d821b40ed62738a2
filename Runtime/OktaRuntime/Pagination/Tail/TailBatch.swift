/// What a tail delivers at a time: the new elements of one page, or the report of a gap or an interruption.
public struct TailBatch<Element: JSONConvertible>: Sendable {
    /// The new elements in the server's order; empty for a report, and when only the position has moved.
    public let items: [Element]

    /// How many new elements were left out because they are not of the element's type.
    public let misfitCount: Int

    /// Set when the server no longer accepts the place from which to go on: elements may be missing.
    public let gap: TailGap?

    /// Set when a look for new elements has failed and another one will follow: nothing is missing.
    public let interruption: TailInterruption?

    /// Where to go on after a restart, once this batch has been worked off.
    public let position: TailPosition

    init(
        items: [Element] = [], misfitCount: Int = 0, gap: TailGap? = nil, interruption: TailInterruption? = nil,
        position: TailPosition
    ) {
        self.items = items
        self.misfitCount = misfitCount
        self.gap = gap
        self.interruption = interruption
        self.position = position
    }
}
