/// Where the elements of a list stand in the body of an answer.
enum ListLayout: Sendable, Hashable {
    /// The body is the array of elements.
    case array
    /// The body is an object, and this member of it is the array.
    case member(String)
    /// Either: an array, or an object that holds nothing but one array beside its links.
    case detected
}
