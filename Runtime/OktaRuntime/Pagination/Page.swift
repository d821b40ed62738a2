/// One page of a list.
public struct Page<Element: JSONConvertible>: Sendable {
    /// The elements, without those that do not fit their type.
    public let items: [Element]

    /// How many elements were left out because they are not of the element's type; ``response`` holds them.
    public let misfitCount: Int

    /// Where the next page begins; `nil` on the last one, and when the server's link cannot be followed.
    public let next: PageCursor?

    /// The full answer.
    public let response: OktaResponse

    init(_ answer: ListAnswer, next: PageCursor?) {
        items = answer.elements.compactMap { Element(fitting: $0) }
        misfitCount = answer.elements.count - items.count
        self.next = next
        response = answer.response
    }
}
