// Swift 6.3's own conversions between vectors of bytes and of floats go scalar by scalar through generic code, some hundred times
// slower than these, which let the hardware's float format do the work: around 2^23 a Float's lowest mantissa bit is worth 1.

/// Four bytes as floats 0...255.
@inline(__always)
func floats(_ bytes: SIMD4<UInt8>) -> SIMD4<Float> {
    let wide = SIMD4<UInt32>(truncatingIfNeeded: bytes) | 0x4B00_0000
    return unsafeBitCast(wide, to: SIMD4<Float>.self) - 8_388_608
}

/// Four floats 0...255 rounded to bytes; the caller clamps.
@inline(__always)
func roundedBytes(_ floats: SIMD4<Float>) -> SIMD4<UInt8> {
    SIMD4<UInt8>(truncatingIfNeeded: unsafeBitCast(floats + 8_388_608, to: SIMD4<UInt32>.self))
}

/// Four floats 0...65535 rounded to 16 bit; the caller clamps.
@inline(__always)
func roundedWords(_ floats: SIMD4<Float>) -> SIMD4<UInt16> {
    SIMD4<UInt16>(truncatingIfNeeded: unsafeBitCast(floats + 8_388_608, to: SIMD4<UInt32>.self))
}

/// Between `low` and `high`, lane by lane.
@inline(__always)
func clamp(_ value: SIMD4<Float>, _ low: Float, _ high: Float) -> SIMD4<Float> {
    let raised = value.replacing(with: low, where: value .< low)
    return raised.replacing(with: high, where: raised .> high)
}

/// A premultiplied pixel (0...255) as straight bytes.
@inline(__always)
func straightBytes(_ pixel: SIMD4<Float>) -> SIMD4<UInt8> {
    if pixel.w > 254.999 { return roundedBytes(clamp(pixel, 0, 255)) }
    guard pixel.w >= 0.5 else { return .zero }
    var straight = pixel * (255 / pixel.w)
    straight.w = pixel.w
    return roundedBytes(clamp(straight, 0, 255))
}
