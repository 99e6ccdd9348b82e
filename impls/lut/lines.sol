// The generator of piecewise linear tables (lines.hpp says what they are and how they are read).
//
//   print_lines(what, part, F, at_infinity, start, bits, n);
//
// prints the initialisers of a lut::lines<n>: the lines that approximate F on [0, infinity), 2^bits of
// them an octave of a + start, start a power of two. what names F for people, part is its lut::part. F''
// must not change sign.
//
// Line i covers [a, b]. Its slope is the chord's; its offset lies half-way between the chord and the
// parallel tangent, which halves the chord's error. Two lines differ: the first is the chord itself where
// F(0) = 0, so that F(0) stays exact, and the last one is flat at F(infinity).
verbosity = 0!;
prec = 100!;

procedure literal(number) {
    var text;
    display = hexadecimal!;
    text = "0x0p0F";
    if (number != 0) then text = number @ "F";
    display = decimal!;
    return text;
};

procedure print_line(offset, slope) {
    print("{" @ literal(round(offset, SG, RN)) @ ", " @ literal(round(slope, SG, RN)) @ "},");
};

procedure print_lines(what, part, F, at_infinity, start, bits, n) {
    var i, left, right, a, b, F_a, F_b, slope, offset, tangent_at;
    print("// " @ what);
    print(".part = lut::part::" @ part @ ",");
    print(".start = " @ literal(start) @ ",");
    print(".octave_bits = " @ bits @ ",");
    print(".all = {{");
    left = start;
    F_a = F(0);
    for i from 0 to n - 2 do {
        right = left + start * 2^(floor(i / 2^bits) - bits);
        a = left - start;
        b = right - start;
        F_b = F(b);
        slope = (F_b - F_a) / (b - a);
        offset = F_a - slope * a;
        if (i > 0 || F_a != 0) then {
            tangent_at = head(dirtyfindzeros(diff(F) - slope, [a, b]));
            offset = (offset + F(tangent_at) - slope * tangent_at) / 2;
        };
        print_line(offset, slope);
        left = right;
        F_a = F_b;
    };
    print_line(at_infinity, 0);
    print("}},");
};
